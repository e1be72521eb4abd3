#include "CBenchPeers.h"

#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <stdio.h>
#include <string.h>

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                  const xmlChar **declared, int attributes, int defaulted, const xmlChar **values) {
  (void)context, (void)name, (void)prefix, (void)uri, (void)namespaces, (void)declared, (void)attributes;
  (void)defaulted, (void)values;
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)context, (void)name, (void)prefix, (void)uri;
}

static void text(void *context, const xmlChar *bytes, int count) { (void)context, (void)bytes, (void)count; }

bool bench_sax_pass(const char *path) {
  static char chunk[256 * 1024];
  FILE *file = fopen(path, "rb");
  if (!file) return false;
  xmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = start;
  handler.endElementNs = end;
  handler.characters = text;
  handler.cdataBlock = text;
  xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, path);
  xmlCtxtUseOptions(parser, XML_PARSE_HUGE);
  size_t count;
  while ((count = fread(chunk, 1, sizeof chunk, file)) > 0) xmlParseChunk(parser, chunk, (int)count, 0);
  bool isWhole = xmlParseChunk(parser, chunk, 0, 1) == 0;
  xmlFreeParserCtxt(parser);
  fclose(file);
  return isWhole;
}
