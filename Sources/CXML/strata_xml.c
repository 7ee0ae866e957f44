#define _GNU_SOURCE
#include "strata_xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// One interned name. libxml2's dictionary makes equal strings equal pointers, so pointers are compared.
typedef struct {
  const xmlChar *local;
  const xmlChar *prefix;
  const xmlChar *uri;
  uint32_t id;
} strata_name;

// Of a document that comes in pieces.
typedef struct {
  strata_xml_fill fill;
  strata_xml_take take;
  void *context;
  uint32_t shells;
  uint8_t *bytes;
  size_t got, used;
  uint64_t since_part;  // bytes
  // The tag in which the last piece ended: its equals signs, the quote that is open, whether it goes on.
  uint32_t signs;
  uint8_t quote;
  uint8_t in_tag;
} strata_pieces;

typedef struct {
  strata_pieces *pieces;  // NULL where the whole document is one tree
  strata_xml_tree *tree;
  const strata_xml_limits *limits;
  strata_xml_failure *failure;
  xmlParserCtxtPtr parser;
  uint32_t first_line;

  uint32_t node_capacity;
  uint32_t attribute_capacity;
  uint32_t name_capacity;
  uint32_t arena_capacity;

  strata_name *names;  // open addressing; size is a power of two
  uint32_t names_size;

  uint32_t current;  // open element, or STRATA_XML_NO_PARENT
  uint32_t depth;

  // Text since the last tag: the end of the arena, given back when it is blank and stands between elements.
  uint32_t pending_offset;
  uint32_t pending_length;
  uint32_t pending_line;
} strata_builder;

static void fail(strata_builder *b, strata_xml_status status, const char *message) {
  if (b->failure->status != STRATA_XML_OK) return;
  b->failure->status = status;
  int line = b->parser->input ? b->parser->input->line : 0;
  b->failure->line = (line > 0 ? (uint32_t)line : 1) + b->first_line - 1;
  snprintf(b->failure->message, sizeof b->failure->message, "%s", message);
}

static void stop(strata_builder *b, strata_xml_status status, const char *message) {
  fail(b, status, message);
  xmlStopParser(b->parser);
}

static int stopped(const strata_builder *b) { return b->failure->status != STRATA_XML_OK; }

static int grow(void **array, uint32_t capacity, size_t size) {
  void *larger = realloc(*array, (size_t)capacity * size);
  if (larger == NULL) return 0;
  *array = larger;
  return 1;
}

static int reserve_nodes(strata_builder *b) {
  strata_xml_tree *t = b->tree;
  if (t->node_count >= b->limits->nodes) {
    stop(b, STRATA_XML_TOO_LARGE, "too many elements");
    return 0;
  }
  if (t->node_count + 1 < b->node_capacity) return 1;
  uint32_t capacity = b->node_capacity ? b->node_capacity + b->node_capacity / 2 + 16 : 16;
  if (!grow((void **)&t->name, capacity, 4) || !grow((void **)&t->parent, capacity, 4) ||
      !grow((void **)&t->end, capacity, 4) || !grow((void **)&t->attribute, capacity, 4) ||
      !grow((void **)&t->text_offset, capacity, 4) ||
      !grow((void **)&t->text_length, capacity, 4) || !grow((void **)&t->line, capacity, 4)) {
    stop(b, STRATA_XML_OUT_OF_MEMORY, "out of memory");
    return 0;
  }
  b->node_capacity = capacity;
  return 1;
}

static int reserve_attributes(strata_builder *b, uint32_t count) {
  strata_xml_tree *t = b->tree;
  if (t->attribute_count + count <= b->attribute_capacity) return 1;
  uint32_t capacity = b->attribute_capacity + b->attribute_capacity / 2 + count + 16;
  if (!grow((void **)&t->attribute_name, capacity, 4) ||
      !grow((void **)&t->attribute_offset, capacity, 4) ||
      !grow((void **)&t->attribute_length, capacity, 4)) {
    stop(b, STRATA_XML_OUT_OF_MEMORY, "out of memory");
    return 0;
  }
  b->attribute_capacity = capacity;
  return 1;
}

// Room for what a document of this size usually holds: untouched memory costs nothing, growing costs a copy.
static int reserve_usual(strata_builder *b, size_t length) {
  strata_xml_tree *t = b->tree;
  // Little for little ones: what is given back of thousands of them would lie between them unused.
  uint32_t nodes = (uint32_t)(length / 48) + 16;
  uint32_t attributes = (uint32_t)(length / 80) + 16;
  uint32_t arena = (uint32_t)(length / 5) + 256;
  if (!grow((void **)&t->name, nodes, 4) || !grow((void **)&t->parent, nodes, 4) ||
      !grow((void **)&t->end, nodes, 4) || !grow((void **)&t->attribute, nodes, 4) ||
      !grow((void **)&t->text_offset, nodes, 4) || !grow((void **)&t->text_length, nodes, 4) ||
      !grow((void **)&t->line, nodes, 4) || !grow((void **)&t->attribute_name, attributes, 4) ||
      !grow((void **)&t->attribute_offset, attributes, 4) ||
      !grow((void **)&t->attribute_length, attributes, 4) || !grow((void **)&t->arena, arena, 1)) {
    stop(b, STRATA_XML_OUT_OF_MEMORY, "out of memory");
    return 0;
  }
  b->node_capacity = nodes;
  b->attribute_capacity = attributes;
  b->arena_capacity = arena;
  return 1;
}

// Gives back what was reserved and not needed: a package may hold many small documents.
static void fit(void *array, size_t count, size_t size) {
  void **place = array;
  void *smaller = realloc(*place, (count ? count : 1) * size);
  if (smaller != NULL) *place = smaller;
}

static void fit_all(strata_xml_tree *t) {
  uint32_t **nodes[] = {&t->name, &t->parent, &t->end, &t->text_offset, &t->text_length, &t->line};
  uint32_t **attributes[] = {&t->attribute_name, &t->attribute_offset, &t->attribute_length};
  uint32_t **names[] = {&t->name_offset, &t->name_length, &t->name_prefix, &t->name_uri_offset,
                        &t->name_uri_length};
  for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) fit(nodes[i], t->node_count, 4);
  for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
    fit(attributes[i], t->attribute_count, 4);
  }
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) fit(names[i], t->name_count, 4);
  fit(&t->attribute, (size_t)t->node_count + 1, 4);
  fit(&t->arena, (size_t)t->arena_size + STRATA_XML_SPARE, 1);
}

static int grow_arena(strata_builder *b, uint32_t length) {
  uint64_t capacity = (uint64_t)b->arena_capacity + b->arena_capacity / 2 + length + 256;
  if (capacity > UINT32_MAX || !grow((void **)&b->tree->arena, (uint32_t)capacity, 1)) {
    stop(b, STRATA_XML_OUT_OF_MEMORY, "out of memory");
    return 0;
  }
  b->arena_capacity = (uint32_t)capacity;
  return 1;
}

static inline int append(strata_builder *b, const void *bytes, uint32_t length, uint32_t *offset) {
  strata_xml_tree *t = b->tree;
  *offset = t->arena_size;
  if ((uint64_t)length + STRATA_XML_SPARE > b->arena_capacity - t->arena_size &&
      !grow_arena(b, length)) {
    return 0;
  }
  memcpy(t->arena + t->arena_size, bytes, length);
  t->arena_size += length;
  return 1;
}

// MARK: Names

static uint32_t hash_of(const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
  uint64_t h = ((uintptr_t)local >> 3) * 0x9E3779B97F4A7C15u;
  h ^= ((uintptr_t)prefix >> 3) * 0xC2B2AE3D27D4EB4Fu;
  h ^= ((uintptr_t)uri >> 3) * 0x165667B19E3779F9u;
  return (uint32_t)(h >> 32);
}

static int add_name(strata_builder *b, strata_name *slot, const xmlChar *local,
                    const xmlChar *prefix, const xmlChar *uri) {
  strata_xml_tree *t = b->tree;
  size_t local_length = strlen((const char *)local);
  size_t prefix_length = prefix ? strlen((const char *)prefix) + 1 : 0;
  size_t uri_length = uri ? strlen((const char *)uri) : 0;
  if (t->name_count >= b->limits->names || local_length > b->limits->name_bytes ||
      prefix_length > b->limits->name_bytes || uri_length > b->limits->name_bytes * 8u) {
    stop(b, STRATA_XML_TOO_MANY_NAMES, "too many names, or a name that is too long");
    return 0;
  }
  if (t->name_count >= b->name_capacity) {
    uint32_t capacity = b->name_capacity ? b->name_capacity * 2 : 16;
    if (!grow((void **)&t->name_offset, capacity, 4) ||
        !grow((void **)&t->name_length, capacity, 4) ||
        !grow((void **)&t->name_prefix, capacity, 4) ||
        !grow((void **)&t->name_uri_offset, capacity, 4) ||
        !grow((void **)&t->name_uri_length, capacity, 4)) {
      stop(b, STRATA_XML_OUT_OF_MEMORY, "out of memory");
      return 0;
    }
    b->name_capacity = capacity;
  }
  uint32_t id = t->name_count;
  uint32_t ignored;
  if (prefix) {
    if (!append(b, prefix, (uint32_t)prefix_length - 1, &t->name_offset[id])) return 0;
    if (!append(b, ":", 1, &ignored)) return 0;
    if (!append(b, local, (uint32_t)local_length, &ignored)) return 0;
  } else {
    if (!append(b, local, (uint32_t)local_length, &t->name_offset[id])) return 0;
  }
  t->name_length[id] = (uint32_t)(local_length + prefix_length);
  t->name_prefix[id] = (uint32_t)prefix_length;
  if (!append(b, uri ? uri : (const xmlChar *)"", (uint32_t)uri_length, &t->name_uri_offset[id])) {
    return 0;
  }
  t->name_uri_length[id] = (uint32_t)uri_length;
  t->name_count = id + 1;
  *slot = (strata_name){local, prefix, uri, id};
  return 1;
}

static int rehash(strata_builder *b) {
  uint32_t size = b->names_size ? b->names_size * 2 : b->pieces ? 64 : 2048;
  strata_name *names = calloc(size, sizeof *names);
  if (names == NULL) {
    stop(b, STRATA_XML_OUT_OF_MEMORY, "out of memory");
    return 0;
  }
  for (uint32_t i = 0; i < b->names_size; i++) {
    strata_name n = b->names[i];
    if (n.local == NULL) continue;
    uint32_t at = hash_of(n.local, n.prefix, n.uri) & (size - 1);
    while (names[at].local != NULL) at = (at + 1) & (size - 1);
    names[at] = n;
  }
  free(b->names);
  b->names = names;
  b->names_size = size;
  return 1;
}

static inline int is_named(const strata_name *n, const xmlChar *local, const xmlChar *prefix,
                           const xmlChar *uri) {
  return n->local == local && n->prefix == prefix && n->uri == uri;
}

static int search(strata_builder *b, const xmlChar *local, const xmlChar *prefix,
                  const xmlChar *uri, uint32_t *id) {
  if (b->tree->name_count * 2 >= b->names_size && !rehash(b)) return 0;
  uint32_t at = hash_of(local, prefix, uri) & (b->names_size - 1);
  while (b->names[at].local != NULL && !is_named(&b->names[at], local, prefix, uri)) {
    at = (at + 1) & (b->names_size - 1);
  }
  strata_name *n = &b->names[at];
  if (n->local == NULL && !add_name(b, n, local, prefix, uri)) return 0;
  *id = n->id;
  return 1;
}

// Nearly every name is known and stands where its hash says.
static inline int intern(strata_builder *b, const xmlChar *local, const xmlChar *prefix,
                         const xmlChar *uri, uint32_t *id) {
  const strata_name *n = &b->names[hash_of(local, prefix, uri) & (b->names_size - 1)];
  if (!is_named(n, local, prefix, uri)) return search(b, local, prefix, uri, id);
  *id = n->id;
  return 1;
}

// Reserves the name 0 for text; its key can not come from the parser.
static int name_text(strata_builder *b) {
  static const xmlChar text_key[] = "";
  uint32_t ignored;
  return search(b, text_key, NULL, NULL, &ignored);
}

// MARK: Parts

// A tree for the part that comes next, with names of its own.
static int begin_part(strata_builder *b) {
  b->tree = calloc(1, sizeof *b->tree);
  b->node_capacity = b->attribute_capacity = b->name_capacity = b->arena_capacity = 0;
  b->current = STRATA_XML_NO_PARENT;
  b->pending_length = 0;
  b->pieces->since_part = 0;
  if (b->names_size > 2048) {
    free(b->names);
    b->names = NULL;
    b->names_size = 0;
  } else if (b->names != NULL) {
    memset(b->names, 0, b->names_size * sizeof *b->names);
  }
  if (b->tree == NULL) {
    stop(b, STRATA_XML_OUT_OF_MEMORY, "out of memory");
    return 0;
  }
  return reserve_usual(b, 0) && name_text(b);
}

static void give_part(strata_builder *b) {
  strata_xml_tree *part = b->tree;
  part->attribute[part->node_count] = part->attribute_count;
  b->tree = NULL;
  if (!b->pieces->take(b->pieces->context, part, b->depth)) {
    return stop(b, STRATA_XML_LEFT, "left");
  }
  begin_part(b);
}

// MARK: Events

static int is_blank(const uint8_t *text, uint32_t length) {
  // Indentation ends in spaces, many of them.
  for (; length >= 8 && memcmp(text + length - 8, "        ", 8) == 0; length -= 8) {}
  for (uint32_t k = 0; k < length; k++) {
    if (text[k] != ' ' && text[k] != '\n' && text[k] != '\t' && text[k] != '\r') return 0;
  }
  return 1;
}

// Text before a child or after one becomes a node of its own, unless it is blank.
static void flush_text(strata_builder *b) {
  if (b->pending_length == 0) return;
  strata_xml_tree *t = b->tree;
  if (is_blank(t->arena + b->pending_offset, b->pending_length)) {
    t->arena_size = b->pending_offset;
  } else {
    if (!reserve_nodes(b)) return;
    uint32_t i = t->node_count;
    t->name[i] = STRATA_XML_TEXT;
    t->parent[i] = b->current;
    t->end[i] = i + 1;
    t->attribute[i] = t->attribute_count;
    t->line[i] = b->pending_line;
    t->text_offset[i] = b->pending_offset;
    t->text_length[i] = b->pending_length;
    t->node_count = i + 1;
  }
  b->pending_length = 0;
}

static uint32_t line_of(const strata_builder *b) {
  return (uint32_t)b->parser->input->line + b->first_line - 1;
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix,
                     const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                     int attribute_count, int defaulted_count, const xmlChar **attributes) {
  (void)namespace_count, (void)namespaces, (void)defaulted_count;
  strata_builder *b = ((xmlParserCtxtPtr)context)->_private;
  if (stopped(b)) return;
  strata_xml_tree *t = b->tree;
  flush_text(b);
  if (stopped(b)) return;
  if (++b->depth > b->limits->depth) return stop(b, STRATA_XML_TOO_DEEP, "nested too deeply");
  if ((uint32_t)attribute_count > b->limits->attributes_per_element) {
    return stop(b, STRATA_XML_TOO_MANY_ATTRIBUTES, "too many attributes on one element");
  }
  if (!reserve_nodes(b) || !reserve_attributes(b, (uint32_t)attribute_count)) return;
  uint32_t i = t->node_count;
  uint32_t name;
  if (!intern(b, local, prefix, uri, &name)) return;
  t->name[i] = name;
  t->parent[i] = b->current;
  t->end[i] = i + 1;
  t->attribute[i] = t->attribute_count;
  t->text_offset[i] = 0;
  t->text_length[i] = 0;
  t->line[i] = line_of(b);
  t->node_count = i + 1;
  b->current = i;
  for (int k = 0; k < attribute_count; k++) {
    const xmlChar **a = attributes + k * 5;
    uint32_t at = t->attribute_count;
    if (!intern(b, a[0], a[1], a[2], &t->attribute_name[at])) return;
    uint32_t length = (uint32_t)(a[4] - a[3]);
    if (!append(b, a[3], length, &t->attribute_offset[at])) return;
    t->attribute_length[at] = length;
    t->attribute_count = at + 1;
  }
  if (b->pieces == NULL) return;
  if ((uint32_t)xmlDictSize(b->parser->dict) > b->limits->names) {
    return stop(b, STRATA_XML_TOO_MANY_NAMES, "too many names");
  }
  if (b->depth <= b->pieces->shells) give_part(b);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix,
                   const xmlChar *uri) {
  (void)local, (void)prefix, (void)uri;
  strata_builder *b = ((xmlParserCtxtPtr)context)->_private;
  if (stopped(b)) return;
  strata_xml_tree *t = b->tree;
  uint32_t i = b->current;
  if (i == STRATA_XML_NO_PARENT) {  // a shell, which was given when it began
    b->depth--;
    return;
  }
  if (t->node_count == i + 1) {  // a leaf keeps its text as it is, blank or not
    if (b->pending_length > 0) {
      t->text_offset[i] = b->pending_offset;
      t->text_length[i] = b->pending_length;
      b->pending_length = 0;
    }
  } else {
    flush_text(b);
    if (stopped(b)) return;
  }
  t->end[i] = t->node_count;
  b->current = t->parent[i];
  if (b->pieces != NULL && b->current == STRATA_XML_NO_PARENT) give_part(b);
  b->depth--;
}

static void on_text(void *context, const xmlChar *text, int length) {
  strata_builder *b = ((xmlParserCtxtPtr)context)->_private;
  if (stopped(b) || length <= 0 || b->current == STRATA_XML_NO_PARENT) return;
  uint32_t offset;
  if (!append(b, text, (uint32_t)length, &offset)) return;
  if (b->pending_length == 0) {
    b->pending_offset = offset;
    b->pending_line = line_of(b);
  }
  b->pending_length += (uint32_t)length;
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system) {
  (void)name, (void)external, (void)system;
  strata_builder *b = ((xmlParserCtxtPtr)context)->_private;
  stop(b, STRATA_XML_DOCTYPE, "a document type declaration is not allowed");
}

// libxml2 goes on after an error that is not fatal: a namespace name with a blank in it, as every exported process
// has, leaves a document well-formed. Prefixes that nothing declares do not: names would mean nothing.
static int is_end(const xmlError *error) {
  if (error->level >= XML_ERR_FATAL) return 1;
  return error->level == XML_ERR_ERROR && error->domain == XML_FROM_NAMESPACE &&
         error->code >= XML_NS_ERR_XML_NAMESPACE && error->code <= XML_NS_ERR_COLON;
}

static void on_error(void *context, xmlErrorPtr error) {
  xmlParserCtxtPtr parser = context;
  strata_builder *b = parser->_private;
  if (b == NULL || error == NULL || !is_end(error) || stopped(b)) return;
  b->failure->status = STRATA_XML_NOT_WELL_FORMED;
  b->failure->line = (error->line > 0 ? (uint32_t)error->line : 1) + b->first_line - 1;
  snprintf(b->failure->message, sizeof b->failure->message, "%s",
           error->message ? error->message : "not well-formed");
  size_t length = strlen(b->failure->message);
  while (length > 0 && (b->failure->message[length - 1] == '\n' ||
                        b->failure->message[length - 1] == ' ')) {
    b->failure->message[--length] = 0;
  }
  xmlStopParser(parser);
}

// MARK: Before parsing

// libxml2 2.9 compares each attribute of an element with each other before any handler is called, so an
// element with very many is refused on its bytes: more than `limit` equals signs between two `<`.
static uint32_t crowded_line(const uint8_t *bytes, size_t length, uint32_t limit) {
  const size_t window = (size_t)limit * 4;  // the shortest attribute, ` a=""`, takes five bytes
  const uint8_t *p = bytes, *stop_at = bytes + length;
  while ((size_t)(stop_at - p) > window) {
    const uint8_t *last = memrchr(p + 1, '<', window);
    if (last != NULL) {
      p = last;
      continue;
    }
    const uint8_t *next = memchr(p + window, '<', (size_t)(stop_at - p) - window);
    const uint8_t *until = next ? next : stop_at;
    uint32_t count = 0;
    // Text may hold any number of equals signs; a tag ends at its first `>` outside quotes.
    uint8_t quote = 0;
    for (const uint8_t *q = p; q < until; q++) {
      if (quote) {
        if (*q == quote) quote = 0;
      } else if (*q == '"' || *q == '\'') {
        quote = *q;
      } else if (*q == '>') {
        break;
      } else if (*q == '=') {
        count++;
      }
    }
    if (count > limit) {
      uint32_t line = 1;
      for (const uint8_t *q = bytes; q < p; q++) line += *q == '\n';
      return line;
    }
    p = until;
  }
  return 0;
}

static void refuse(strata_xml_failure *failure, strata_xml_status status, uint32_t line,
                   const char *message) {
  failure->status = status;
  failure->line = line;
  snprintf(failure->message, sizeof failure->message, "%s", message);
}

static void listen(xmlParserCtxtPtr parser) {
  xmlSAXHandlerPtr sax = parser->sax;
  memset(sax, 0, sizeof *sax);
  sax->initialized = XML_SAX2_MAGIC;
  sax->startElementNs = on_start;
  sax->endElementNs = on_end;
  sax->characters = on_text;
  sax->ignorableWhitespace = on_text;
  sax->cdataBlock = on_text;
  sax->internalSubset = on_doctype;
  sax->serror = on_error;
  // NOENT: without it `&amp;` in an attribute comes as `&#38;`.
  xmlCtxtUseOptions(parser, XML_PARSE_NOENT | XML_PARSE_NONET);
}

// MARK: Pieces

enum { PIECE = 1 << 16 };

// Goes on with the tag in which the piece before ended.
static void follow(strata_pieces *p, const uint8_t *byte, const uint8_t *end) {
  for (; p->in_tag && byte < end; byte++) {
    if (p->quote) {
      if (*byte == p->quote) p->quote = 0;
    } else if (*byte == '"' || *byte == '\'') {
      p->quote = *byte;
    } else if (*byte == '>') {
      p->in_tag = 0;
    } else if (*byte == '=') {
      p->signs++;
    }
  }
}

// As `crowded_line`, for tags that may begin in one piece and end in another.
static int is_crowded(strata_pieces *p, uint32_t limit) {
  const uint8_t *end = p->bytes + p->got;
  const uint8_t *first = memchr(p->bytes, '<', p->got);
  follow(p, p->bytes, first ? first : end);
  if (p->signs > limit) return 1;
  if (first == NULL) return 0;
  if (crowded_line(first, (size_t)(end - first), limit) != 0) return 1;
  const uint8_t *last = memrchr(p->bytes, '<', p->got);
  p->signs = 0, p->quote = 0, p->in_tag = 1;
  follow(p, last + 1, end);
  return 0;
}

// The parser is not stopped while it reads, which would free what it reads into: for it the document ends there.
static int on_read(void *context, char *buffer, int length) {
  strata_builder *b = context;
  strata_pieces *p = b->pieces;
  if (stopped(b) || length <= 0) return 0;
  if (p->used == p->got) {
    long got = p->fill(p->context, p->bytes, PIECE);
    if (got < 0) {
      fail(b, STRATA_XML_LEFT, "left");
      return 0;
    }
    p->got = (size_t)got, p->used = 0;
    if (memchr(p->bytes, 0, p->got) != NULL) {
      fail(b, STRATA_XML_NUL, "a NUL character is not allowed");
      return 0;
    }
    if (is_crowded(p, b->limits->attributes_per_element)) {
      fail(b, STRATA_XML_TOO_MANY_ATTRIBUTES, "too many attributes on one element");
      return 0;
    }
  }
  size_t count = p->got - p->used < (size_t)length ? p->got - p->used : (size_t)length;
  p->since_part += count;
  if (p->since_part > b->limits->bytes) {
    fail(b, STRATA_XML_TOO_LARGE, "one element with what is in it is too large");
    return 0;
  }
  memcpy(buffer, p->bytes + p->used, count);
  p->used += count;
  return (int)count;
}

// MARK: Entry points

void strata_xml_initialize(void) { xmlInitParser(); }

void strata_xml_free(strata_xml_tree *t) {
  if (t == NULL) return;
  free(t->name), free(t->parent), free(t->end), free(t->attribute);
  free(t->text_offset), free(t->text_length), free(t->line);
  free(t->attribute_name), free(t->attribute_offset), free(t->attribute_length);
  free(t->name_offset), free(t->name_length), free(t->name_prefix);
  free(t->name_uri_offset), free(t->name_uri_length);
  free(t->arena);
  free(t);
}

strata_xml_tree *strata_xml_parse(const uint8_t *bytes, size_t length, uint32_t first_line,
                                  const strata_xml_limits *limits, strata_xml_failure *failure) {
  memset(failure, 0, sizeof *failure);
  if (length > limits->bytes) {
    refuse(failure, STRATA_XML_TOO_LARGE, 1, "the document is too large");
    return NULL;
  }
  const uint8_t *nul = memchr(bytes, 0, length);
  if (nul != NULL) {  // parsing from a string would end here without a word
    uint32_t line = first_line;
    for (const uint8_t *q = bytes; q < nul; q++) line += *q == '\n';
    refuse(failure, STRATA_XML_NUL, line, "a NUL character is not allowed");
    return NULL;
  }
  uint32_t crowded = crowded_line(bytes, length, limits->attributes_per_element);
  if (crowded != 0) {
    refuse(failure, STRATA_XML_TOO_MANY_ATTRIBUTES, crowded + first_line - 1,
           "too many attributes on one element");
    return NULL;
  }

  strata_builder b = {.limits = limits,
                      .failure = failure,
                      .first_line = first_line,
                      .current = STRATA_XML_NO_PARENT};
  xmlParserCtxtPtr parser = xmlNewParserCtxt();
  b.tree = calloc(1, sizeof *b.tree);
  if (parser == NULL || b.tree == NULL) {
    if (parser) xmlFreeParserCtxt(parser);
    free(b.tree);
    refuse(failure, STRATA_XML_OUT_OF_MEMORY, 0, "out of memory");
    return NULL;
  }
  b.parser = parser;
  parser->_private = &b;

  listen(parser);

  xmlParserInputPtr input = xmlNewStringInputStream(parser, (const xmlChar *)bytes);
  if (input == NULL) {
    refuse(failure, STRATA_XML_OUT_OF_MEMORY, 0, "out of memory");
  } else {
    inputPush(parser, input);
    if (reserve_usual(&b, length) && name_text(&b)) xmlParseDocument(parser);
    if (!stopped(&b) && (!parser->wellFormed || b.tree->node_count == 0)) {
      stop(&b, STRATA_XML_NOT_WELL_FORMED, "not well-formed");
    }
  }
  xmlFreeParserCtxt(parser);
  free(b.names);
  if (stopped(&b)) {
    strata_xml_free(b.tree);
    return NULL;
  }
  b.tree->attribute[b.tree->node_count] = b.tree->attribute_count;
  fit_all(b.tree);
  return b.tree;
}

int strata_xml_stream(strata_xml_fill fill, strata_xml_take take, void *context, uint32_t shells,
                      uint32_t first_line, const strata_xml_limits *limits,
                      strata_xml_failure *failure) {
  memset(failure, 0, sizeof *failure);
  strata_pieces pieces = {.fill = fill, .take = take, .context = context, .shells = shells};
  strata_builder b = {.limits = limits,
                      .failure = failure,
                      .first_line = first_line,
                      .pieces = &pieces,
                      .current = STRATA_XML_NO_PARENT};
  pieces.bytes = malloc(PIECE);
  b.parser = xmlNewParserCtxt();
  xmlParserInputBufferPtr buffer =
      xmlParserInputBufferCreateIO(on_read, NULL, &b, XML_CHAR_ENCODING_NONE);
  if (pieces.bytes == NULL || b.parser == NULL || buffer == NULL) {
    refuse(failure, STRATA_XML_OUT_OF_MEMORY, 0, "out of memory");
    if (buffer) xmlFreeParserInputBuffer(buffer);
  } else {
    b.parser->_private = &b;
    listen(b.parser);
    // A picture is longer than the parser takes a value to be; `limits` bound it all the same, and names here.
    xmlCtxtUseOptions(b.parser, XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_HUGE);
    xmlDictSetLimit(b.parser->dict, 10 << 20);
    xmlParserInputPtr input = xmlNewIOInputStream(b.parser, buffer, XML_CHAR_ENCODING_NONE);
    if (input == NULL) {
      refuse(failure, STRATA_XML_OUT_OF_MEMORY, 0, "out of memory");
      xmlFreeParserInputBuffer(buffer);
    } else {
      inputPush(b.parser, input);
      if (begin_part(&b)) xmlParseDocument(b.parser);
      if (!stopped(&b) && !b.parser->wellFormed) {
        stop(&b, STRATA_XML_NOT_WELL_FORMED, "not well-formed");
      }
    }
  }
  if (b.parser) xmlFreeParserCtxt(b.parser);
  strata_xml_free(b.tree);
  free(b.names);
  free(pieces.bytes);
  return !stopped(&b);
}
