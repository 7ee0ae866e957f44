// The floor: the inventory of a package (docs/canonical-form.md) as fast as plain C gets it on one thread.
//
//   floor PACKAGE             kind TAB name TAB hash, sorted
//   floor --digest PACKAGE    SHA-256 of those lines
//   floor --phases PACKAGE    the same as --digest, milliseconds of each phase on standard error
//   floor --sax-empty PACKAGE milliseconds of a parse with empty handlers
//
// A yardstick, no product: it reads customizations.xml and its files, and refuses packages with component files (exit 3).
#define _GNU_SOURCE
#include <libdeflate.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef uint32_t u32;
typedef uint8_t u8;

static void fail(const char *why) {
  fprintf(stderr, "floor: %s\n", why);
  exit(1);
}

static void *grown(void *p, size_t bytes) {
  p = realloc(p, bytes);
  if (!p) fail("out of memory");
  return p;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

// MARK: Zip

typedef struct {
  char *name;
  u32 packed, size, offset, crc;
  u32 method;
} file_t;

static u8 *archive;
static size_t archive_size;
static file_t *files;
static u32 file_count;

static u32 le(size_t at, int bytes) {
  if (at + (size_t)bytes > archive_size) fail("damaged archive");
  u32 v = 0;
  for (int i = bytes; i-- > 0;) v = v << 8 | archive[at + (size_t)i];
  return v;
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const file_t *)a)->name, ((const file_t *)b)->name);
}

static void open_zip(const char *path) {
  FILE *f = fopen(path, "rb");
  if (!f) fail("cannot open the package");
  fseek(f, 0, SEEK_END);
  archive_size = (size_t)ftell(f);
  rewind(f);
  archive = grown(NULL, archive_size + 1);
  if (fread(archive, 1, archive_size, f) != archive_size) fail("cannot read the package");
  fclose(f);
  size_t end = archive_size < 22 ? 0 : archive_size - 22;
  while (end > 0 && le(end, 4) != 0x06054B50) end--;
  if (end == 0) fail("no zip archive");
  u32 count = le(end + 10, 2);
  size_t at = le(end + 16, 4);
  files = grown(NULL, (count + 1) * sizeof *files);
  for (u32 i = 0; i < count; i++) {
    if (le(at, 4) != 0x02014B50) fail("damaged archive");
    u32 length = le(at + 28, 2);
    if (at + 46 + length > archive_size) fail("damaged archive");
    file_t *e = &files[file_count];
    e->name = strndup((char *)archive + at + 46, length);
    e->method = le(at + 10, 2);
    e->crc = le(at + 16, 4);
    e->packed = le(at + 20, 4);
    e->size = le(at + 24, 4);
    e->offset = le(at + 42, 4);
    if (length > 0 && e->name[length - 1] != '/') file_count++;
    at += 46 + length + le(at + 30, 2) + le(at + 32, 2);
  }
  qsort(files, file_count, sizeof *files, by_name);
}

static file_t *find_file(const char *name) {
  file_t key = {.name = (char *)name};
  return bsearch(&key, files, file_count, sizeof *files, by_name);
}

// NUL-terminated, as the parser wants it.
static u8 *content(const file_t *e) {
  size_t start = e->offset + 30u + le(e->offset + 26, 2) + le(e->offset + 28, 2);
  if (start + e->packed > archive_size || e->size > 512u << 20) fail("damaged archive");
  u8 *out = grown(NULL, (size_t)e->size + 1);
  if (e->method == 0) {
    memcpy(out, archive + start, e->size);
  } else {
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    size_t got = 0;
    if (libdeflate_deflate_decompress(d, archive + start, e->packed, out, e->size, &got) ||
        got != e->size) {
      fail("damaged entry");
    }
    libdeflate_free_decompressor(d);
  }
  if (libdeflate_crc32(0, out, e->size) != e->crc) fail("wrong checksum");
  out[e->size] = 0;
  return out;
}

// MARK: Tree

enum { TEXT = 0 };
#define NONE UINT32_MAX

static struct {
  u32 count, capacity, attributes, attribute_capacity, names, arena, arena_capacity;
  u32 *name, *parent, *end, *attribute, *text, *length;
  u32 *aname, *aoffset, *alength;
  u8 *bytes;
  struct name {
    const xmlChar *local, *prefix, *uri;
    char *spelled;
    u32 length;
  } *name_of;
} t;

static u32 current = NONE, depth;
static u8 *pending;
static u32 pending_length, pending_capacity;
static int blank = 1;

static u32 store(const void *bytes, u32 length) {
  if (t.arena + length > t.arena_capacity) {
    t.arena_capacity = t.arena_capacity * 3 / 2 + length + 65536;
    t.bytes = grown(t.bytes, t.arena_capacity);
  }
  memcpy(t.bytes + t.arena, bytes, length);
  t.arena += length;
  return t.arena - length;
}

static struct { const xmlChar *local, *prefix; u32 id; } table[1 << 16];

static u32 intern(const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
  u32 at = (u32)((((uintptr_t)local >> 3) * 0x9E3779B97F4A7C15u ^ (uintptr_t)prefix) >> 40) & 0xFFFF;
  while (table[at].local) {
    if (table[at].local == local && table[at].prefix == prefix) return table[at].id;
    at = (at + 1) & 0xFFFF;
  }
  if (t.names >= 50000) fail("too many names");
  if (t.names % 256 == 0) t.name_of = grown(t.name_of, (t.names + 256) * sizeof *t.name_of);
  struct name *n = &t.name_of[t.names];
  n->local = local, n->prefix = prefix, n->uri = uri;
  if (prefix) {
    if (asprintf(&n->spelled, "%s:%s", (char *)prefix, (char *)local) < 0) fail("out of memory");
  } else {
    n->spelled = strdup((char *)local);
  }
  n->length = (u32)strlen(n->spelled);
  table[at].local = local, table[at].prefix = prefix, table[at].id = t.names;
  return t.names++;
}

static u32 add_node(u32 name) {
  if (t.count + 1 >= t.capacity) {
    t.capacity = t.capacity * 3 / 2 + 4096;
    u32 **columns[] = {&t.name, &t.parent, &t.end, &t.attribute, &t.text, &t.length};
    for (int i = 0; i < 6; i++) *columns[i] = grown(*columns[i], t.capacity * 4ul);
  }
  u32 i = t.count++;
  t.name[i] = name, t.parent[i] = current, t.end[i] = i + 1;
  t.attribute[i] = t.attributes, t.text[i] = t.length[i] = 0;
  return i;
}

static void flush(void) {
  if (pending_length && !blank && current != NONE) {
    u32 i = add_node(TEXT);
    t.text[i] = store(pending, pending_length), t.length[i] = pending_length;
  }
  pending_length = 0, blank = 1;
}

static void start(void *c, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int nn,
                  const xmlChar **ns, int count, int defaulted, const xmlChar **a) {
  (void)c, (void)nn, (void)ns, (void)defaulted;
  flush();
  if (++depth > 256) fail("nested too deeply");
  u32 i = add_node(intern(local, prefix, uri));
  current = i;
  if (t.attributes + (u32)count > t.attribute_capacity) {
    t.attribute_capacity = t.attribute_capacity * 3 / 2 + (u32)count + 4096;
    t.aname = grown(t.aname, t.attribute_capacity * 4ul);
    t.aoffset = grown(t.aoffset, t.attribute_capacity * 4ul);
    t.alength = grown(t.alength, t.attribute_capacity * 4ul);
  }
  for (int k = 0; k < count; k++, a += 5) {
    t.aname[t.attributes] = intern(a[0], a[1], a[2]);
    t.alength[t.attributes] = (u32)(a[4] - a[3]);
    t.aoffset[t.attributes] = store(a[3], (u32)(a[4] - a[3]));
    t.attributes++;
  }
}

static void end(void *c, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
  (void)c, (void)local, (void)prefix, (void)uri;
  u32 i = current;
  if (t.count == i + 1) {
    if (pending_length) t.text[i] = store(pending, pending_length), t.length[i] = pending_length;
    pending_length = 0, blank = 1;
  } else {
    flush();
  }
  t.end[i] = t.count;
  current = t.parent[i];
  depth--;
}

static void text(void *c, const xmlChar *s, int length) {
  (void)c;
  if (current == NONE) return;
  if (pending_length + (u32)length > pending_capacity) {
    pending_capacity = pending_capacity * 2 + (u32)length + 4096;
    pending = grown(pending, pending_capacity);
  }
  memcpy(pending + pending_length, s, (size_t)length);
  pending_length += (u32)length;
  for (int k = 0; blank && k < length; k++) blank = s[k] == ' ' || s[k] == '\n' || s[k] == '\t' || s[k] == '\r';
}

static void doctype(void *c, const xmlChar *n, const xmlChar *e, const xmlChar *s) {
  (void)c, (void)n, (void)e, (void)s;
  fail("a document type declaration");
}

static void sax_nothing(void *c, const xmlChar *s, int length) { (void)c, (void)s, (void)length; }
static void start_nothing(void *c, const xmlChar *l, const xmlChar *p, const xmlChar *u, int nn,
                          const xmlChar **ns, int n, int d, const xmlChar **a) {
  (void)c, (void)l, (void)p, (void)u, (void)nn, (void)ns, (void)n, (void)d, (void)a;
}
static void end_nothing(void *c, const xmlChar *l, const xmlChar *p, const xmlChar *u) {
  (void)c, (void)l, (void)p, (void)u;
}

static void refuse_crowded(const u8 *s, size_t size) {
  for (const u8 *p = s, *stop = s + size; (size_t)(stop - p) > 4096;) {
    const u8 *last = memrchr(p + 1, '<', 4096);
    if (last) {
      p = last;
      continue;
    }
    const u8 *next = memchr(p + 4096, '<', (size_t)(stop - p) - 4096), *until = next ? next : stop;
    u32 equals = 0;
    for (const u8 *q = p; q < until && *q != '>'; q++) equals += *q == '=';
    if (equals > 1024) fail("too many attributes");
    p = until;
  }
}

static void parse(u8 *document, size_t size, int is_empty) {
  if (memchr(document, 0, size)) fail("a NUL character");
  refuse_crowded(document, size);
  u8 *from = document;
  if (size >= 3 && !memcmp(from, "\xEF\xBB\xBF", 3)) from += 3;
  if (!strncmp((char *)from, "<?xml", 5)) {
    u8 *close = (u8 *)strstr((char *)from, "?>");
    if (close) from = close + 2;
  }
  xmlParserCtxtPtr parser = xmlNewParserCtxt();
  memset(parser->sax, 0, sizeof *parser->sax);
  parser->sax->initialized = XML_SAX2_MAGIC;
  parser->sax->startElementNs = is_empty ? start_nothing : start;
  parser->sax->endElementNs = is_empty ? end_nothing : end;
  parser->sax->characters = parser->sax->ignorableWhitespace = parser->sax->cdataBlock =
      is_empty ? sax_nothing : text;
  parser->sax->internalSubset = doctype;
  xmlCtxtUseOptions(parser, XML_PARSE_NOENT | XML_PARSE_NONET);
  inputPush(parser, xmlNewStringInputStream(parser, from));
  if (!is_empty) intern((const xmlChar *)"", NULL, NULL);
  xmlParseDocument(parser);
  if (!parser->wellFormed) fail("not well-formed");
  if (!is_empty) {
    add_node(TEXT);  // room for the attribute sentinel
    t.count--;
    t.attribute[t.count] = t.attributes;
  }
}

// MARK: Canonical form

static u8 *out;
static u32 out_length, out_capacity;
static u32 *rank;

static void need(u32 more) {
  if (out_length + more <= out_capacity) return;
  out_capacity = out_capacity * 2 + more + 65536;
  out = grown(out, out_capacity);
}

static void put(const void *bytes, u32 length) {
  need(length);
  memcpy(out + out_length, bytes, length);
  out_length += length;
}

static void put_escaped(const u8 *s, u32 length, int is_attribute) {
  need(length * 6);
  u8 *o = out + out_length;
  for (const u8 *stop = s + length; s < stop; s++) {
    const char *spelled = NULL;
    switch (*s) {
      case '&': spelled = "&amp;"; break;
      case '<': spelled = "&lt;"; break;
      case '>': spelled = is_attribute ? NULL : "&gt;"; break;
      case '"': spelled = is_attribute ? "&quot;" : NULL; break;
      case '\r': spelled = "&#xD;"; break;
      case '\n': spelled = is_attribute ? "&#xA;" : NULL; break;
      case '\t': spelled = is_attribute ? "&#x9;" : NULL; break;
    }
    if (spelled) {
      size_t n = strlen(spelled);
      memcpy(o, spelled, n);
      o += n;
    } else {
      *o++ = *s;
    }
  }
  out_length = (u32)(o - out);
}

static int by_uri_and_name(const void *a, const void *b) {
  const struct name *x = &t.name_of[*(const u32 *)a], *y = &t.name_of[*(const u32 *)b];
  int c = strcmp(x->uri ? (char *)x->uri : "", y->uri ? (char *)y->uri : "");
  return c ? c : strcmp((char *)x->local, (char *)y->local);
}

static void rank_names(void) {
  u32 *order = grown(NULL, t.names * 4ul);
  rank = grown(NULL, t.names * 4ul);
  for (u32 i = 0; i < t.names; i++) order[i] = i;
  qsort(order, t.names, 4, by_uri_and_name);
  for (u32 i = 0; i < t.names; i++) rank[order[i]] = i;
  free(order);
}

static int by_rank(const void *a, const void *b) {
  u32 x = rank[t.aname[*(const u32 *)a]], y = rank[t.aname[*(const u32 *)b]];
  return x < y ? -1 : x > y;
}

// Only attributes have prefixes in these documents; each is declared where no element around has done so.
static struct { u32 node; const xmlChar *prefix; } scope[1024];
static u32 scope_count;

static void open_tag(u32 i) {
  struct name *n = &t.name_of[t.name[i]];
  put("<", 1);
  put(n->spelled, n->length);
  u32 order[1024], count = 0;
  int is_sorted = 1;
  for (u32 a = t.attribute[i]; a < t.attribute[i + 1] && count < 1024; a++) {
    struct name *name = &t.name_of[t.aname[a]];
    if (name->prefix && strcmp((char *)name->prefix, "xml")) {
      u32 k = scope_count;
      while (k > 0 && scope[k - 1].prefix != name->prefix) k--;
      if (k == 0 && scope_count < 1024) {
        scope[scope_count].node = i;
        scope[scope_count++].prefix = name->prefix;
        put(" xmlns:", 7);
        put(name->prefix, (u32)strlen((char *)name->prefix));
        put("=\"", 2);
        put_escaped(name->uri, (u32)strlen((char *)name->uri), 1);
        put("\"", 1);
      }
    }
    if (count > 0 && rank[t.aname[order[count - 1]]] > rank[t.aname[a]]) is_sorted = 0;
    order[count++] = a;
  }
  if (!is_sorted) qsort(order, count, 4, by_rank);
  for (u32 k = 0; k < count; k++) {
    struct name *name = &t.name_of[t.aname[order[k]]];
    put(" ", 1);
    put(name->spelled, name->length);
    put("=\"", 2);
    put_escaped(t.bytes + t.aoffset[order[k]], t.alength[order[k]], 1);
    put("\"", 1);
  }
  put(">", 1);
}

static void close_tag(u32 i) {
  struct name *n = &t.name_of[t.name[i]];
  put("</", 2);
  put(n->spelled, n->length);
  put(">", 1);
  while (scope_count && scope[scope_count - 1].node == i) scope_count--;
}

static void write_node(u32 i, const u32 *cut) {
  if (cut[i]) return;
  if (t.name[i] != TEXT) open_tag(i);
  if (t.length[i]) put_escaped(t.bytes + t.text[i], t.length[i], 0);
  for (u32 c = i + 1; c < t.end[i]; c = t.end[c]) write_node(c, cut);
  if (t.name[i] != TEXT) close_tag(i);
}

// MARK: Kinds

// Key: `@` attribute, else child; after it `g` GUID, `l` lower case, `e` as written, `,` up to the first comma; a leading `.`
// puts the enclosing name before it; `|` tries the next; `+` joins with a dot, `_` with a space.
static const struct kind { const char *name, *path, *key; } kinds[] = {
  {"Entity", "Entities/Entity", "lName"},
  {"Attribute", "Entities/Entity/EntityInfo/entity/attributes/attribute", ".lLogicalName|l@PhysicalName"},
  {"EntityKey", "Entities/Entity/EntityInfo/entity/EntityKeys/EntityKey", ".lLogicalName|lName"},
  {"SystemForm", "Entities/Entity/FormXml/forms/systemform", "gformid"},
  {"SavedQuery", "Entities/Entity/SavedQueries/savedqueries/savedquery", "gsavedqueryid"},
  {"SavedQueryVisualization", "Entities/Entity/Visualizations/visualization", "gsavedqueryvisualizationid"},
  {"RibbonDiff", "Entities/Entity/RibbonDiffXml", "^"},
  {"HierarchyRule", "Entities/Entity/HierarchyRules/HierarchyRule", "gHierarchyRuleID|g@HierarchyRuleID"},
  {"CustomControlDefaultConfig", "Entities/Entity/CustomControlDefaultConfigs/CustomControlDefaultConfig", "gCustomControlDefaultConfigId|^"},
  {"DisplayString", "Entities/Entity/Strings/Strings", ".e@ResourceKey"},
  {"Index", "Entities/Entity/indexes/index", ".l@Name"},
  {"Role", "Roles/Role", "g@id"},
  {"Workflow", "Workflows/Workflow", "g@WorkflowId"},
  {"FieldSecurityProfile", "FieldSecurityProfiles/FieldSecurityProfile", "g@fieldsecurityprofileid"},
  {"FieldPermission", "FieldSecurityProfiles/FieldSecurityProfile/FieldPermissions/FieldPermission", ".lEntityName+lAttributeName"},
  {"EmailTemplate", "Templates/EmailTemplates/emailtemplate", "gtemplateid"},
  {"ContractTemplate", "Templates/ContractTemplates/contracttemplate", "gtemplateid"},
  {"KBArticleTemplate", "Templates/KBArticleTemplates/kbarticletemplate", "gtemplateid"},
  {"MailMergeTemplate", "Templates/MailMergeTemplates/mailmergetemplate", "gtemplateid"},
  {"ConnectionRole", "ConnectionRoles/ConnectionRoles/ConnectionRole", "gconnectionroleid"},
  {"connectionroleassociation", "ConnectionRoles/ConnectionRoleAssociations/ConnectionRoleAssociation", "gconnectionroleid+gassociatedconnectionroleid"},
  {"EntityImageConfiguration", "EntityImageConfigs/EntityImageConfig", "lparententitylogicalname"},
  {"AttributeImageConfiguration", "AttributeImageConfigs/AttributeImageConfig", "lparententitylogicalname_lattributelogicalname"},
  {"RibbonCustomization", "RibbonDiffXml", "=:RibbonDiffXml"},
  {"SiteMap", "SiteMap/SiteMap", "=default"},
  {"SiteMap", "AppModuleSiteMaps/AppModuleSiteMap", "eSiteMapUniqueName"},
  {"EntityMap", "EntityMaps/EntityMap", "lEntitySource+lEntityTarget"},
  {"AttributeMap", "EntityMaps/EntityMap/AttributeMaps/AttributeMap", ".lAttributeSource+lAttributeTarget"},
  {"EntityRelationship", "EntityRelationships/EntityRelationship", "e@Name"},
  {"EnvironmentVariableDefinition", "EnvironmentVariables/Definition", "e@schemaname|e@SchemaName|eSchemaName"},
  {"OptionSet", "optionsets/optionset", "e@Name"},
  {"Report", "Reports/Report", "greportid"},
  {"SystemForm", "Dashboards/Dashboard", "gFormId"},
  {"SystemForm", "InteractionCentricDashboards/InteractionCentricDashboard", "gFormId"},
  {"SystemForm", "Dialogs/Dialog", "gFormId"},
  {"WebResource", "WebResources/WebResource", "eName"},
  {"SLA", "Slas/Sla", "g@SLAId"},
  {"CustomControl", "CustomControls/CustomControl", "eName"},
  {"PluginAssembly", "SolutionPluginAssemblies/PluginAssembly", ",@FullName"},
  {"PluginType", "SolutionPluginAssemblies/PluginAssembly/PluginTypes/PluginType", ",@AssemblyQualifiedName"},
  {"SdkMessageProcessingStep", "SdkMessageProcessingSteps/SdkMessageProcessingStep", "g@SdkMessageProcessingStepId"},
  {"SdkMessageProcessingStepImage", "SdkMessageProcessingSteps/SdkMessageProcessingStep/SdkMessageProcessingStepImages/SdkMessageProcessingStepImage", "gSdkMessageProcessingStepImageId"},
  {"ServiceEndpoint", "ServiceEndpoints/ServiceEndpoint", "g@ServiceEndpointId"},
  {"AppModule", "AppModules/AppModule", "eUniqueName"},
  {"appelement", "AppModules/AppModule/appelements/appelement", ".*"},
  {"appsetting", "AppModules/AppModule/appsettings/appsetting", ".*"},
  {"CanvasApp", "CanvasApps/CanvasApp", "eName"},
  {"Connector", "Connectors/Connector", "ename"},
  {"AIProject", "AIModels/AIModel", "gmsdyn_aimodelid"},
  {"AIConfiguration", "AIModels/AIModel/AIConfigurations/AIConfiguration", "gmsdyn_aiconfigurationid"},
  {"connectionreference", "connectionreferences/connectionreference", "e@connectionreferencelogicalname"},
  {"EntityDataSource", "EntityDataSources/EntityDataSource", "g@EntityDataSourceId"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

// A step of a path: the kind it ends, and the steps after it.
typedef struct { int kind; u32 count; struct { u32 name; int step; } next[64]; } step_t;
static step_t steps[160];
static int step_count = 1;

static u32 id_of(const char *name, size_t length) {
  for (u32 i = 1; i < t.names; i++) {
    if (t.name_of[i].length == length && !memcmp(t.name_of[i].spelled, name, length)) return i;
  }
  return NONE;
}

static void build_steps(void) {
  steps[0].kind = -1;
  for (int k = 0; k < KINDS; k++) {
    int at = 0;
    for (const char *p = kinds[k].path; at >= 0 && p;) {
      const char *slash = strchr(p, '/');
      u32 name = id_of(p, slash ? (size_t)(slash - p) : strlen(p));
      if (name == NONE) {
        at = -1;
        break;
      }
      u32 n = 0;
      while (n < steps[at].count && steps[at].next[n].name != name) n++;
      if (n == steps[at].count) {
        steps[step_count].kind = -1;
        steps[at].next[n].name = name;
        steps[at].next[n].step = step_count++;
        steps[at].count++;
      }
      at = steps[at].next[n].step;
      p = slash ? slash + 1 : NULL;
    }
    if (at >= 0) steps[at].kind = k;
  }
}

// The names of a rule are looked up for each component; a cache by (rule position) keeps that cheap.
static struct { const char *rule; u32 id; } cache[256];

static u32 cached(const char *name, size_t length) {
  u32 at = ((uintptr_t)name >> 1) & 255;
  while (cache[at].rule && cache[at].rule != name) at = (at + 1) & 255;
  if (!cache[at].rule) cache[at].rule = name, cache[at].id = id_of(name, length);
  return cache[at].id;
}

static const u8 *value_of(u32 node, const char *name, size_t length, u32 *size) {
  int is_attribute = *name == '@';
  u32 id = cached(name + is_attribute, length - (size_t)is_attribute);
  if (id == NONE) return NULL;
  if (is_attribute) {
    for (u32 a = t.attribute[node]; a < t.attribute[node + 1]; a++) {
      if (t.aname[a] == id) return *size = t.alength[a], t.bytes + t.aoffset[a];
    }
    return NULL;
  }
  for (u32 c = node + 1; c < t.end[node]; c = t.end[c]) {
    if (t.name[c] == id) return *size = t.length[c], t.bytes + t.text[c];
  }
  return NULL;
}

static int by_attribute_name(const void *a, const void *b) {
  return strcmp(t.name_of[t.aname[*(const u32 *)a]].spelled, t.name_of[t.aname[*(const u32 *)b]].spelled);
}

static size_t attribute_values(u32 node, char *o, size_t room) {
  u32 order[64], count = 0;
  for (u32 a = t.attribute[node]; a < t.attribute[node + 1] && count < 64; a++) {
    struct name *n = &t.name_of[t.aname[a]];
    if (!n->prefix && strcmp(n->spelled, "unmodified")) order[count++] = a;
  }
  qsort(order, count, 4, by_attribute_name);
  size_t used = 0;
  for (u32 k = 0; k < count && used + t.alength[order[k]] + 2 < room; k++) {
    if (k) o[used++] = ',';
    memcpy(o + used, t.bytes + t.aoffset[order[k]], t.alength[order[k]]);
    used += t.alength[order[k]];
  }
  return used;
}

static size_t key_of(const char *rule, u32 node, const char *enclosing, char *o, size_t room) {
  size_t used = 0;
  if (*rule == '=') return (size_t)snprintf(o, room, "%s", rule + 1);
  if (*rule == '.') {
    used = (size_t)snprintf(o, room, "%s.", enclosing);
    rule++;
  }
  if (*rule == '*') return used + attribute_values(node, o + used, room - used);
  while (*rule) {
    if (*rule == '^') return used + (size_t)snprintf(o + used, room - used, "%s", enclosing);
    char how = *rule++;
    size_t length = strcspn(rule, "|+_^");
    // Names hold underscores; a blank joins only the one rule that says `_l`.
    while (rule[length] == '_' && strncmp(rule + length, "_lattributelogicalname", 22)) length += 1 + strcspn(rule + length + 1, "|+_^");
    u32 size = 0;
    const u8 *v = value_of(node, rule, length, &size);
    size_t before = used;
    for (u32 i = 0; v && i < size && used + 2 < room; i++) {
      u8 c = v[i];
      if (how == ',' && c == ',') break;
      if (how == 'g' && (c == '{' || c == '}' || c == ' ')) continue;
      if ((how == 'g' || how == 'l') && c >= 'A' && c <= 'Z') c |= 0x20;
      o[used++] = (char)c;
    }
    rule += length;
    if (*rule == '|') {
      rule++;
      if (used > before) return used;
    } else if (*rule) {
      o[used++] = *rule == '+' ? '.' : ' ';
      rule++;
    }
  }
  return used;
}

static int says_nothing(u32 ribbon) {
  static const char *empty[] = {"CustomActions", "CommandDefinitions", "LocLabels", "RibbonTemplates"};
  for (u32 c = ribbon + 1; c < t.end[ribbon]; c++) {
    const char *name = t.name_of[t.name[c]].spelled, *above = t.name_of[t.name[t.parent[c]]].spelled;
    int matters = t.parent[c] != NONE && !strcmp(above, "RuleDefinitions");
    for (int k = 0; k < 4; k++) matters |= !strcmp(name, empty[k]);
    if (matters && t.end[c] > c + 1) return 0;
  }
  return 1;
}

// MARK: Inventory

static EVP_MD *algorithm;
static EVP_MD_CTX *context;
static char **lines;
static u32 line_count;
static u32 *cut;

static void sha(const void *bytes, size_t size, u8 *digest) {
  EVP_DigestInit_ex2(context, algorithm, NULL);
  EVP_DigestUpdate(context, bytes, size);
  EVP_DigestFinal_ex(context, digest, NULL);
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void add_parts(u32 node, const char *kind, const char *name) {
  char *paths[4096];
  u32 count = 0;
  for (u32 i = node; i < t.end[node]; i++) {
    if (cut[i]) {
      i = t.end[i] - 1;
      continue;
    }
    if (t.length[i] < 2 || t.bytes[t.text[i]] != '/' || t.length[i] > 1024 || count >= 4096) continue;
    char path[1025];
    memcpy(path, t.bytes + t.text[i] + 1, t.length[i] - 1);
    path[t.length[i] - 1] = 0;
    file_t *f = find_file(path);
    if (f) paths[count++] = f->name;
  }
  u32 named = count;
  for (u32 f = 0; f < file_count && count < 4096; f++) {
    if (!strcmp(kind, "CustomControl")) {
      for (u32 k = 0; k < named; k++) {
        size_t folder = (size_t)(strrchr(paths[k], '/') - paths[k]) + 1;
        if (!strncmp(files[f].name, paths[k], folder)) paths[count++] = files[f].name;
      }
    } else if (!strcmp(kind, "CanvasApp") && !strncmp(files[f].name, "CanvasApps/", 11)) {
      char *slash = strchr(files[f].name + 11, '/');
      if (slash && !strncmp(name, files[f].name + 11, (size_t)(slash - files[f].name - 11))) paths[count++] = files[f].name;
    }
  }
  qsort(paths, count, sizeof *paths, by_text);
  for (u32 k = 0; k < count; k++) {
    if (k && !strcmp(paths[k], paths[k - 1])) continue;
    file_t *f = find_file(paths[k]);
    u8 *bytes = content(f), digest[32];
    sha(bytes, f->size, digest);
    free(bytes);
    put("\0", 1);
    put(paths[k], (u32)strlen(paths[k]));
    put("\0", 1);
    put(digest, 32);
  }
}

static void add_line(u32 node, const char *kind, const char *name, int is_wrapped) {
  out_length = scope_count = 0;
  if (is_wrapped) open_tag(t.parent[node]);
  write_node(node, cut);
  if (is_wrapped) close_tag(t.parent[node]);
  if (file_count > 3) add_parts(node, kind, name);
  u8 digest[32];
  sha(out, out_length, digest);
  size_t room = strlen(kind) + strlen(name) + 68;
  char *line = grown(NULL, room), *p = line + sprintf(line, "%s\t%s\t", kind, name);
  for (int i = 0; i < 32; i++) *p++ = "0123456789abcdef"[digest[i] >> 4], *p++ = "0123456789abcdef"[digest[i] & 15];
  *p++ = '\n', *p = 0;
  if (line_count % 4096 == 0) lines = grown(lines, (line_count + 4096) * sizeof *lines);
  lines[line_count++] = line;
}

static int visit(u32 node, int step, const char *enclosing);

// Whether something of the child is left that belongs to no component in it.
static int visit_child(u32 node, int step, const char *enclosing) {
  int kind = steps[step].kind;
  if (kind < 0) return visit(node, step, enclosing);
  char name[2048];
  size_t length = key_of(kinds[kind].key, node, enclosing, name, sizeof name - 1);
  name[length] = 0;
  if (steps[step].count) visit(node, step, name);
  if (!strstr(kinds[kind].path, "RibbonDiffXml") || !says_nothing(node)) {
    add_line(node, kinds[kind].name, name, !strcmp(kinds[kind].path, "Entities/Entity/FormXml/forms/systemform"));
  }
  return 0;
}

static int visit(u32 node, int step, const char *enclosing) {
  int kept = t.length[node] > 0;
  for (u32 c = node + 1; c < t.end[node]; c = t.end[c]) {
    u32 n = 0;
    while (n < steps[step].count && steps[step].next[n].name != t.name[c]) n++;
    if (n == steps[step].count) {
      kept = 1;
    } else if (visit_child(c, steps[step].next[n].step, enclosing)) {
      kept = 1;
    } else {
      cut[c] = 1;
    }
  }
  return kept;
}

// Other sections of rows: `tags/tag`.
static void visit_rows(void) {
  for (u32 s = 1; s < t.end[0]; s = t.end[s]) {
    u32 n = 0;
    while (n < steps[0].count && steps[0].next[n].name != t.name[s]) n++;
    if (n < steps[0].count || t.end[s] == s + 1) continue;
    const char *many = t.name_of[t.name[s]].spelled, *one = t.name_of[t.name[s + 1]].spelled;
    size_t length = strlen(one);
    int fits = !strncasecmp(many, one, length) &&
               (!strcmp(many + length, "s") || !strcmp(many + length, "es") || !strcmp(many + length, "set"));
    char name[2048];
    for (u32 r = s + 1; fits && r < t.end[s]; r = t.end[r]) {
      fits = t.name[r] == t.name[s + 1] && attribute_values(r, name, sizeof name - 1) > 0;
    }
    for (u32 r = s + 1; fits && r < t.end[s]; r = t.end[r]) {
      name[attribute_values(r, name, sizeof name - 1)] = 0;
      add_line(r, one, name, 0);
    }
  }
}

static void refuse_component_files(void) {
  static const char *known[] = {"Workflows/", "CanvasApps/", "WebResources/", "Formulas/", "PluginAssemblies/", "Controls/", "Connector/", "Reports/", "StoredProcedures/"};
  for (u32 f = 0; f < file_count; f++) {
    int is_known = !strchr(files[f].name, '/');
    for (u32 k = 0; k < sizeof known / sizeof *known; k++) is_known |= !strncmp(files[f].name, known[k], strlen(known[k]));
    if (!is_known) exit(3);
  }
}

int main(int argc, char **argv) {
  if (argc < 2) fail("usage: floor [--digest|--phases|--sax-empty] PACKAGE");
  const char *mode = argc > 2 ? argv[1] : "";
  double begin = now();
  open_zip(argv[argc - 1]);
  refuse_component_files();
  file_t *e = find_file("customizations.xml");
  if (!e) fail("no customizations.xml");
  u8 *document = content(e);
  double inflated = now();
  if (!strcmp(mode, "--sax-empty")) {
    parse(document, e->size, 1);
    printf("%.2f\n", now() - inflated);
    return 0;
  }
  parse(document, e->size, 0);
  free(document);
  double parsed = now();
  algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
  context = EVP_MD_CTX_new();
  rank_names();
  build_steps();
  cut = calloc(t.count + 1, 4);
  if (!cut) fail("out of memory");
  visit(0, 0, "");
  memset(cut, 0, t.count * 4ul);
  visit_rows();
  double found = now();
  qsort(lines, line_count, sizeof *lines, by_text);
  if (*mode) {
    EVP_DigestInit_ex2(context, algorithm, NULL);
    for (u32 i = 0; i < line_count; i++) EVP_DigestUpdate(context, lines[i], strlen(lines[i]));
    u8 digest[32];
    EVP_DigestFinal_ex(context, digest, NULL);
    for (int i = 0; i < 32; i++) printf("%02x", digest[i]);
    printf("\n");
  } else {
    for (u32 i = 0; i < line_count; i++) fputs(lines[i], stdout);
  }
  if (!strcmp(mode, "--phases")) {
    fprintf(stderr, "inflate %.2f\nparse %.2f\nfind+hash %.2f\nindex %.2f\ntotal %.2f\n", inflated - begin,
            parsed - inflated, found - parsed, now() - found, now() - begin);
  }
  return 0;
}
