#pragma once
#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>

// Swift cannot name a function with variable arguments, so that the silence below must be C.
static inline void assay_xml_ignore(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

/// Keeps libxml2 from printing on the calling thread what it has nobody to tell.
static inline void assay_xml_silence_thread(void) { xmlSetGenericErrorFunc(0, assay_xml_ignore); }
