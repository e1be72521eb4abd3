/// The steps that make a store: step n takes schema n to schema n + 1.
///
/// A step that was released never changes; a change is a further step, and its predecessor's schema a further fixture.
enum Schema {
  /// Marks the file as assay's in SQLite's header: `assa`.
  static let applicationID = 0x6173_7361

  /// The steps, oldest first.
  static let steps = [first, second, third, fourth, fifth, sixth]

  /// Results lie by run, so that adding only appends and a run is read in one piece. A test's series is one look-up
  /// a run of the window; a second order of ten million rows would double the file and every insertion.
  private static let first = """
    CREATE TABLE repositories(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, seen INTEGER
    ) STRICT;
    CREATE TABLE runs(
      id INTEGER PRIMARY KEY, repository INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE,
      source TEXT NOT NULL, name TEXT NOT NULL, attempt INTEGER NOT NULL,
      sha TEXT, title TEXT, branch TEXT, started INTEGER, received INTEGER NOT NULL, at INTEGER NOT NULL,
      complete INTEGER NOT NULL, tests INTEGER NOT NULL, counts TEXT NOT NULL,
      UNIQUE(repository, source, name, attempt)
    ) STRICT;
    CREATE INDEX runs_by_time ON runs(repository, at);
    CREATE TABLE labels(
      run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, name TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY(run, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tests(
      id INTEGER PRIMARY KEY, repository INTEGER NOT NULL, hash INTEGER NOT NULL, name TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX tests_by_hash ON tests(hash);
    CREATE TABLE legs(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    INSERT INTO legs VALUES(0, '');
    CREATE TABLE results(
      run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, test INTEGER NOT NULL, leg INTEGER NOT NULL,
      outcome INTEGER NOT NULL, attempts INTEGER, duration INTEGER, signature INTEGER,
      PRIMARY KEY(run, test, leg)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX results_unsteady ON results(run, test, outcome, attempts, duration, signature)
      WHERE attempts IS NOT NULL OR outcome BETWEEN 1 AND 4;
    CREATE INDEX results_by_signature ON results(signature, run) WHERE signature IS NOT NULL;
    CREATE TABLE signatures(
      repository INTEGER NOT NULL, key INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY(repository, key)
    ) STRICT, WITHOUT ROWID;
    """

  /// Every change of a repository's runs counts its version up, so that what was read of it is known to be old whoever
  /// wrote. A look names the run by its identity: the run may be forgotten before the look is.
  private static let second = """
    ALTER TABLE repositories ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE repositories DROP COLUMN seen;
    CREATE TABLE looks(
      repository INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, job TEXT NOT NULL,
      source TEXT NOT NULL, name TEXT NOT NULL, attempt INTEGER NOT NULL, at INTEGER NOT NULL,
      before_source TEXT, before_name TEXT, before_attempt INTEGER, PRIMARY KEY(repository, job)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE causes(
      repository INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, key INTEGER NOT NULL,
      cause INTEGER NOT NULL, PRIMARY KEY(repository, key)
    ) STRICT, WITHOUT ROWID;
    """

  /// Keys of signatures are hashes of masked texts, and how texts are masked changed. What was kept under an older key
  /// waits in `older_keys` until `SQLiteHistory.rekey` has carried it over; `rekeyed` says what became of each old key,
  /// which rules in repositories' files still name.
  private static let third = """
    CREATE TABLE older_keys(
      repository INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, key INTEGER NOT NULL,
      PRIMARY KEY(repository, key)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO older_keys SELECT repository, key FROM signatures;
    CREATE TABLE rekeyed(
      repository INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, old INTEGER NOT NULL,
      new INTEGER NOT NULL, PRIMARY KEY(repository, old)
    ) STRICT, WITHOUT ROWID;
    """

  /// Texts are masked in another way again: all keys are older ones.
  private static let fourth = "INSERT OR IGNORE INTO older_keys SELECT repository, key FROM signatures;"

  /// Items that are no tests are kept as tests are, with their kind: runs count them apart, and what judges tests passes
  /// them by. Some are known over runs by a number.
  private static let fifth = """
    ALTER TABLE tests ADD COLUMN kind TEXT;
    CREATE INDEX tests_by_kind ON tests(repository, kind) WHERE kind IS NOT NULL;
    ALTER TABLE runs ADD COLUMN items TEXT NOT NULL DEFAULT '';
    CREATE TABLE measures(
      run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, test INTEGER NOT NULL, leg INTEGER NOT NULL,
      value REAL NOT NULL, PRIMARY KEY(run, test, leg)
    ) STRICT, WITHOUT ROWID;
    """

  /// How long runs took, and what their failures were called when they were judged first: what came later judges that.
  private static let sixth = """
    ALTER TABLE runs ADD COLUMN took INTEGER;
    ALTER TABLE runs ADD COLUMN took_by TEXT;
    CREATE TABLE verdicts(
      run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, test INTEGER NOT NULL, label TEXT NOT NULL,
      PRIMARY KEY(run, test)
    ) STRICT, WITHOUT ROWID;
    """
}
