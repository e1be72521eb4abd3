#pragma once
#include <libxml/xmlversion.h>
// Else libxml2's headers bring the system's ICU in, whose types are not those of the ICU in Foundation: a Swift module
// that sees both may not compile. Only a pointer to the structure that this shortens is ever held.
#undef LIBXML_ICU_ENABLED
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
