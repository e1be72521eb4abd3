extension MadeCauses {
  /// Written after the rules were made for `first`; joined one in 40 when measured first, and is asked for whole since.
  static let second: [CauseFamily] = [
    CauseFamily("FetchError", "upstream answered with % for tenant {n}", "500", "503", "429"),
    CauseFamily("AssertionError", "{big} orders sent, response code % instead of 201", "400", "409"),
    CauseFamily("ApiException", "(%) Reason: the token of {host} was refused", "401", "403"),
    CauseFamily("SubprocessError", "pg_dump terminated, return code = %, after {duration}", "1", "2", "3"),
    CauseFamily("ContainerError", "container {sha} stopped, exit code %, memory {size}", "137", "143", "1"),
    CauseFamily("SystemExit", "%", "1", "2"),
    CauseFamily("PgError", "ERROR: % in the statement (SQLSTATE %)", "42P01", "23514", "40P01"),
    CauseFamily("RedisError", "reply of {ip} was % for the key of user {big}", "MOVED", "ASK", "LOADING"),
    CauseFamily(
      "StatusRuntimeException", "%: io exception on channel {n} to {ip}", "UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL"
    ),
    CauseFamily(
      "S3Error", "An error occurred (%) when calling the PutObject operation (reached max retries: {n})",
      "AccessDenied", "NoSuchBucket", "SlowDown"),
    CauseFamily("NcclError", "NCCL error in: /src/comm.cpp:{n}, unhandled system error, code %", "2", "5"),
    CauseFamily("CudnnError", "cuDNN error: %", "CUDNN_STATUS_NOT_INITIALIZED", "CUDNN_STATUS_EXECUTION_FAILED"),
    CauseFamily("OSError", "[Errno %] on the socket of {worker} after {n} writes", "32", "104", "110"),
    CauseFamily("CompileError", "main.ts({n},{n}): error TS%: the type does not fit", "2322", "2345", "2339"),
    CauseFamily("LinkError", "error LNK%: unresolved symbol number {n}", "2019", "1120"),
    CauseFamily("SoapFault", "fault code % while page {n} was sent", "100", "200"),
    CauseFamily("KeyError", "Column not found: %, have {count} columns", "price", "colour", "weight"),
    CauseFamily("AttributeError", "module 'torch' has no attribute '%'", "compile", "vmap"),
    CauseFamily("AssertionError", "expected the words %, got {n} other words", "'yes'", "'no'", "'maybe'"),
    CauseFamily("AssertionError", "assert {n} % {n}, while the rows of the page were counted", ">", "<=", "=="),
    CauseFamily(
      "ClassCastException", "class % cannot be cast to class java.lang.String (app loader @{hex})", "Integer", "Long"),
    CauseFamily("TypeError", "Cannot read properties of undefined (reading '%')", "id", "map", "length"),
    CauseFamily("Error", "thread main has overflowed the % of {size}", "stack", "heap"),
    CauseFamily("InvalidOperationException", "Sequence contains % element after {count} reads", "no", "more than one"),
    CauseFamily("Panic", "index out of range [{n}] with length {n} in %", "parse", "render"),
    CauseFamily("Panic", "called `Option::%()` on a `None` value for user {big}", "unwrap", "expect"),
    CauseFamily(
      "RuntimeError", "Error(s) in loading state_dict for %: size mismatch for fc.weight: {shape} and {shape}",
      "ResNet", "UNet"),
    CauseFamily(
      "RuntimeError",
      "Given groups={n}, weight of size {list}, expected input{list} to have {n} channels, but got {count} channels instead",
      ""),
    CauseFamily("RuntimeError", "element {n} of tensors does not require grad and does not have a grad_fn", ""),
    CauseFamily("ValueError", "Input contains %.", "NaN", "infinity"),
    CauseFamily("ValueError", "y contains {count} classes, but the solver '%' needs {n}", "lbfgs", "saga"),
    CauseFamily("ValueError", "Shape of passed values is {shape}, indices imply {shape}", ""),
    CauseFamily(
      "ValueError",
      "setting an array element with a sequence. The requested array has an inhomogeneous shape after {n} dimensions.",
      ""),
    CauseFamily(
      "AssertionError",
      "Not equal to tolerance rtol={float}, atol={n}\nMismatched elements: {n} / {big} ({float}%)\nMax absolute difference: {float}\n x: array({floats})\n y: array({floats})",
      ""),
    CauseFamily(
      "ResourceExhaustedError", "OOM when allocating tensor with shape{list} and type % on /job:localhost", "float",
      "half"),
    CauseFamily(
      "OperationalError", "could not connect to server {ip}: % (timeout {duration})", "Connection refused",
      "No route to host"),
    CauseFamily("IntegrityError", "UNIQUE constraint failed: %", "users.email", "users.name"),
    CauseFamily("SyntaxError", "invalid % at position {big} of the query", "token", "number"),
    CauseFamily("ElementError", "element % not visible after {duration}", "#save", "#cancel"),
    CauseFamily("AssertionError", "{count} tests of module % were not collected", "reports", "pages"),
    CauseFamily("AssertionError", "checksum {sha} is not {sha} for part {n} of upload {uuid}", ""),
    CauseFamily("AssertionError", "heartbeat of {host} is {duration} old, at {time}", ""),
    CauseFamily("AssertionError", "{n} != {n} : number of rows", ""),
    CauseFamily("AssertionError", "{float} not less than {float} : loss after epoch {n}", ""),
    CauseFamily("IOError", "could not write {size} to {tmp}/part-{n}.bin", ""),
    CauseFamily("ValueError", "cache dir_{suffix} of {worker} is gone, pid {big}", ""),
    CauseFamily("ValueError", "seed {big} gives {list} where {list} was seen before", ""),
    CauseFamily("Deadlock", "goroutine {big} waits for {n} minutes on chan {hex}", ""),
  ]
}
