import Foundation

/// Ends a program at a chosen one of its calls that change a disk, so that no instant is left to chance.
///
/// A library that is loaded before the program's own counts those calls and kills at the one that is asked for;
/// a write gets half of its bytes out first.
package struct KillPoints {
  /// Whether such a library can be made here.
  package static let areKnown: Bool = {
    #if os(Linux)
      return Shell.run(["clang", "--version"]).status == 0
    #else
      return false
    #endif
  }()

  private let folder: TemporaryFolder
  private var library: String { folder.at("kill.so") }

  /// Makes the library.
  package init() throws {
    folder = try TemporaryFolder()
    let source = try folder.write("kill.c", Self.source)
    let made = Shell.run(["clang", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"])
    guard made.status == 0 else { throw Missing(why: made.errors) }
  }

  /// The library could not be made; the compiler's words.
  package struct Missing: Error {
    let why: String
  }

  /// What to set for a program that is to end at a call, counted from 1.
  package func environment(call: Int) -> [String: String] {
    ["LD_PRELOAD": library, "KILL_AT_CALL": String(call)]
  }

  private static let source = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <signal.h>
    #include <stdatomic.h>
    #include <stdlib.h>
    #include <sys/stat.h>
    #include <unistd.h>

    static atomic_int calls;
    static int is_last(void) {
      const char *at = getenv("KILL_AT_CALL");
      return at && atomic_fetch_add(&calls, 1) + 1 == atoi(at);
    }
    #define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
    #define CALL(type, name, parameters, arguments) \\
      type name parameters { if (is_last()) kill(getpid(), SIGKILL); return REAL(name) arguments; }

    int renameat2(int, const char *, int, const char *, unsigned);
    int rename(const char *, const char *);
    int renameat(int, const char *, int, const char *);
    CALL(int, rename, (const char *a, const char *b), (a, b))
    CALL(int, renameat, (int a, const char *b, int c, const char *d), (a, b, c, d))
    CALL(int, renameat2, (int a, const char *b, int c, const char *d, unsigned e), (a, b, c, d, e))
    CALL(int, link, (const char *a, const char *b), (a, b))
    CALL(int, linkat, (int a, const char *b, int c, const char *d, int e), (a, b, c, d, e))
    CALL(int, unlink, (const char *a), (a))
    CALL(int, unlinkat, (int a, const char *b, int c), (a, b, c))
    CALL(int, mkdir, (const char *a, mode_t b), (a, b))
    CALL(int, mkdirat, (int a, const char *b, mode_t c), (a, b, c))
    CALL(int, ftruncate, (int a, off_t b), (a, b))
    CALL(int, fchmod, (int a, mode_t b), (a, b))
    CALL(int, fsync, (int a), (a))
    CALL(int, fdatasync, (int a), (a))

    ssize_t write(int file, const void *bytes, size_t count) {
      if (file <= 2) return REAL(write)(file, bytes, count);
      if (!is_last()) return REAL(write)(file, bytes, count);
      REAL(write)(file, bytes, count / 2);
      kill(getpid(), SIGKILL);
      return -1;
    }
    """
}
