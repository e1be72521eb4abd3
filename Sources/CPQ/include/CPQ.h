#pragma once

#include <stddef.h>

/// libpq, loaded when the first connection is made: who keeps their history in a file need not have it.
///
/// Its functions are declared here, so that building needs no package of it. Every function but `pq_library_load` needs
/// that to have gone well. A connection belongs to one thread at a time.

typedef struct pg_conn pq_connection;
typedef struct pg_result pq_result;

/// How an answer ended: the values of libpq's ExecStatusType that are asked for.
enum { pq_command_done = 1, pq_rows = 2, pq_copy_in = 4 };

/// Loads the library; NULL, or why that failed.
const char *pq_library_load(void);

/// Connects with lists of names and values that NULL ends; `dbname` may be an address. What the server remarks is
/// not printed. The connection is to be let go of whatever came of it; NULL when there is no memory.
pq_connection *pq_library_connect(const char *const *names, const char *const *values);

/// Whether a server answers a new connection, whatever the answer.
int pq_library_lives(const char *const *names, const char *const *values);

/// Lets go of a connection.
void pq_library_finish(pq_connection *connection);

/// Whether the connection stands, as far as is known.
int pq_library_stands(const pq_connection *connection);

/// The words of the last failure, the host that was meant, the name of the database, and a value that the server told.
const char *pq_library_words(const pq_connection *connection);
const char *pq_library_host(const pq_connection *connection);
const char *pq_library_database(const pq_connection *connection);
const char *pq_library_user(const pq_connection *connection);
const char *pq_library_told(const pq_connection *connection, const char *name);

/// Sends statements without parameters, or one with parameters in the binary form; 0 when that failed.
int pq_library_send_text(pq_connection *connection, const char *sql);
int pq_library_send(pq_connection *connection, const char *sql, int count, const unsigned int *types,
                    const char *const *values, const int *lengths);

/// The next answer to what was sent, NULL behind the last; waits so many milliseconds, and says when that was too short:
/// then it may be waited for again.
pq_result *pq_library_answer(pq_connection *connection, int milliseconds, int *is_late);

/// Sends rows to a COPY within so many milliseconds, and ends it; 0 when that failed.
int pq_library_copy(pq_connection *connection, const void *bytes, size_t count, int milliseconds, int *is_late);
int pq_library_end_copy(pq_connection *connection);

/// An answer: how it ended, its rows, and a field of its failure (`C` is the code, `M` the message) or NULL.
int pq_library_status(const pq_result *result);
int pq_library_count(const pq_result *result);
const char *pq_library_value(const pq_result *result, int row, int column, int *length);
const char *pq_library_field(const pq_result *result, int field);

/// How many rows a statement changed.
long long pq_library_changed(pq_result *result);

/// Lets go of an answer.
void pq_library_clear(pq_result *result);
