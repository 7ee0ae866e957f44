// A flat, immutable tree of an XML document, filled by libxml2's SAX2 parser.
//
// Nodes stand in preorder, one array per column. The first child of node i is i + 1 (when end[i] > i + 1), the next
// sibling of i is end[i]; the attributes of i are attribute[i] ..< attribute[i + 1]. All text lies in one arena.
#ifndef STRATA_XML_H
#define STRATA_XML_H

#include <stddef.h>
#include <stdint.h>

// Refuse before allocating; every number is inclusive.
typedef struct {
  uint32_t bytes;
  uint32_t nodes;
  uint32_t attributes_per_element;
  uint32_t names;
  uint32_t name_bytes;
  uint32_t depth;
} strata_xml_limits;

typedef enum {
  STRATA_XML_OK = 0,
  STRATA_XML_NOT_WELL_FORMED,
  STRATA_XML_DOCTYPE,
  STRATA_XML_NUL,
  STRATA_XML_TOO_LARGE,
  STRATA_XML_TOO_DEEP,
  STRATA_XML_TOO_MANY_ATTRIBUTES,
  STRATA_XML_TOO_MANY_NAMES,
  STRATA_XML_OUT_OF_MEMORY,
  STRATA_XML_LEFT,
} strata_xml_status;

// The name 0 marks text between elements; it is not spelled anywhere.
#define STRATA_XML_TEXT 0u
#define STRATA_XML_NO_PARENT UINT32_MAX
// The arena is that many bytes longer than `arena_size`, so that it can be read in chunks.
#define STRATA_XML_SPARE 16u

typedef struct {
  uint32_t node_count;
  uint32_t attribute_count;
  uint32_t name_count;
  uint32_t arena_size;

  // Per node.
  uint32_t *name;
  uint32_t *parent;
  uint32_t *end;
  uint32_t *attribute;  // node_count + 1 entries
  uint32_t *text_offset;
  uint32_t *text_length;
  uint32_t *line;

  // Per attribute.
  uint32_t *attribute_name;
  uint32_t *attribute_offset;
  uint32_t *attribute_length;

  // Per name: qualified spelling, length of "prefix:" in it (0 for none), and namespace (empty for none).
  uint32_t *name_offset;
  uint32_t *name_length;
  uint32_t *name_prefix;
  uint32_t *name_uri_offset;
  uint32_t *name_uri_length;

  uint8_t *arena;
} strata_xml_tree;

typedef struct {
  strata_xml_status status;
  uint32_t line;
  char message[256];
} strata_xml_failure;

// `bytes[length]` must be a NUL. Returns NULL and fills `failure` when the document is refused.
strata_xml_tree *strata_xml_parse(const uint8_t *bytes, size_t length, uint32_t first_line,
                                  const strata_xml_limits *limits, strata_xml_failure *failure);

void strata_xml_free(strata_xml_tree *tree);

// Fills `bytes` with what comes next of a document; 0 at its end, less to leave it.
typedef long (*strata_xml_fill)(void *context, uint8_t *bytes, size_t capacity);
// Takes a part, which is the taker's from then on; 0 to leave the document.
typedef int (*strata_xml_take)(void *context, strata_xml_tree *part, uint32_t depth);

// Reads a document of any length. Elements down to the depth `shells` (the root's is 1) are given without what is in them
// when they begin, those below whole when they end. Text within shells is dropped. `limits` hold for each part; `bytes`
// for what is read between two of them, `names` for the document as well. What `fill` gives is UTF-8 without a declaration.
// Returns 0 and fills `failure` when the document is refused or left (STRATA_XML_LEFT).
int strata_xml_stream(strata_xml_fill fill, strata_xml_take take, void *context, uint32_t shells,
                      uint32_t first_line, const strata_xml_limits *limits,
                      strata_xml_failure *failure);

// Call once before the first parse on more than one thread.
void strata_xml_initialize(void);

#endif
