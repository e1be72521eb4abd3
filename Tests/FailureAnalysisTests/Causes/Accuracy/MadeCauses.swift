/// Causes that are known because they were made: codes, neighbours of one word, noise of every kind.
enum MadeCauses {
  /// Written before the rules were tuned to it.
  static let first: [CauseFamily] = codes + neighbours + models + noisy

  private static let codes: [CauseFamily] = [
    CauseFamily("AssertionError", "assert % == 200 for the upload of report {n}", "404", "503", "500"),
    CauseFamily("AssertionError", "assert <Response [%]>.ok, body of {size}", "404", "503"),
    CauseFamily(
      "HTTPError", "% for url: https://api.test/v1/report/{n}", "404 Client Error: Not Found",
      "503 Server Error: Unavailable"),
    CauseFamily("HTTPError", "HTTP/1.1 % while reading page {n}", "404", "502"),
    CauseFamily("HTTPError", "HTTP Error %: giving up after {duration}", "403", "429"),
    CauseFamily("RuntimeError", "the helper exited with % after {duration}", "137", "139", "2"),
    CauseFamily("CalledProcessError", "Command 'make all' returned non-zero exit status %.", "1", "2", "127"),
    CauseFamily("ExecError", "exit status %: the build of {tmp} failed", "1", "2"),
    CauseFamily("ToolError", "lint of {count} files ended, rc=%", "1", "2", "3"),
    CauseFamily("DatabaseError", "insert of row {big} refused, SQLSTATE %", "23505", "40001", "23503"),
    CauseFamily("RuntimeError", "CUDA error %: kernel launch on device {n}", "700", "719", "2"),
    CauseFamily("RpcError", "call to {ip} failed, grpc_status:%", "14", "4", "13"),
    CauseFamily("OSError", "[Errno %] could not open the lock in {tmp}", "2", "13", "28"),
    CauseFamily("OSError", "[WinError %] connection of {worker} was closed", "10061", "10054"),
    CauseFamily("SysError", "open of the lock failed with errno %", "13", "24"),
    CauseFamily("AssertionFailedError", "expected: <200> but was: <%>", "404", "500", "401"),
    CauseFamily("AssertionError", "GET of order {big} returned %", "404", "503"),
    CauseFamily("CompileError", "error[E%]: the example of chapter {n} does not build", "0308", "0499", "0382"),
    CauseFamily("SQLException", "ORA-% on the statement of batch {big}", "00942", "01017", "00001"),
    CauseFamily("CrashError", "worker {worker} died of %", "SIGSEGV (11)", "SIGKILL (9)", "SIGABRT (6)"),
    CauseFamily("Error", "Request failed with status code %", "404", "500", "429"),
    CauseFamily("AssertionError", "Status code is % and should be 200, took {duration}", "404", "500"),
    CauseFamily("MySQLError", "(%, 'the server has gone away after {duration}')", "2006", "2013"),
    CauseFamily("CurlError", "curl: (%) transfer of {size} ended", "28", "7"),
    CauseFamily(
      "Error", "expect(received).toBe(expected) // Object.is equality\n\nExpected: 200\nReceived: %", "404", "500",
      "301"),
    CauseFamily("Fatal", "got %, want 200 from the gateway on port {port}", "404", "502"),
  ]

  private static let neighbours: [CauseFamily] = [
    CauseFamily("KeyError", "'%'", "user_id", "order_id", "session"),
    CauseFamily("AttributeError", "'Report' object has no attribute '%'", "rows", "pages", "title"),
    CauseFamily("ModuleNotFoundError", "No module named '%'", "yaml", "numpy", "reports.pdf"),
    CauseFamily(
      "%", "bad value for the option of the reader after {duration}", "ValueError", "TypeError", "EOFError",
      "LookupError"),
    CauseFamily("ImportError", "cannot import name '%' from 'reports.core' in {worker}", "render", "reader"),
    CauseFamily("NameError", "name '%' is not defined", "total", "count"),
    CauseFamily("TypeError", "read() got an unexpected keyword argument '%'", "width", "height", "depth"),
    CauseFamily(
      "TypeError", "unsupported operand type(s) for %: 'int' and 'str' in the sum of the columns", "+", "-", "*"),
    CauseFamily(
      "AssertionError", "assert the balance of the account % {n} at the end of the day", "==", "!=", "<", ">="),
    CauseFamily(
      "AssertionError", "the flag of the customer is % and should not be, after {count} updates", "True", "False",
      "None"),
    CauseFamily(
      "IllegalStateException", "the machine is in state % and cannot take order {big}", "CLOSED", "OPENING", "HALTED"),
    CauseFamily("PermissionError", "the role % may not write to the archive of {time}", "reader", "editor", "guest"),
    CauseFamily(
      "ProgrammingError", "column \"%\" of relation \"orders\" does not exist at position {n}", "price", "prize",
      "amount"),
    CauseFamily("TimeoutError", "waiting for % took longer than {duration}", "locator('#save')", "locator('#load')"),
    CauseFamily("JSONDecodeError", "Expecting '%' delimiter: line {n} column {n} (char {big})", ",", ":"),
    CauseFamily("ReferenceError", "% is not defined", "windows", "window", "document"),
    CauseFamily(
      "NullPointerException", "Cannot invoke \"String.%()\" because \"name\" is null", "length", "trim", "isEmpty"),
  ]

  private static let models: [CauseFamily] = [
    CauseFamily("RuntimeError", "mat1 and mat2 shapes cannot be multiplied ({x} and {x})", ""),
    CauseFamily(
      "RuntimeError",
      "The size of tensor a ({n}) must match the size of tensor b ({big}) at non-singleton dimension {n}", ""),
    CauseFamily(
      "RuntimeError", "Expected all tensors to be on the same device, but found at least two devices, % and cpu!",
      "cuda:{n}", "mps:{n}"),
    CauseFamily("RuntimeError", "expected scalar type % but found Float", "Half", "Double", "Long"),
    CauseFamily(
      "OutOfMemoryError",
      "CUDA out of memory. Tried to allocate {size}. GPU {n} has a total capacity of {size} of which {size} is free.",
      ""),
    CauseFamily("ValueError", "operands could not be broadcast together with shapes {shape} {shape}", ""),
    CauseFamily(
      "ValueError", "Found array with {count} sample(s) (shape={shape}) while a minimum of {n} is required by %.",
      "StandardScaler", "PCA"),
    CauseFamily("ValueError", "Input % contains NaN.", "X", "y"),
    CauseFamily("ValueError", "cannot reshape array of size {big} into shape {shape}", ""),
    CauseFamily(
      "AssertionError",
      "Arrays are not almost equal to {n} decimals, mismatched elements: {n} / {big} ({float}%), max absolute difference: {float}",
      ""),
    CauseFamily("TypeError", "can't convert np.ndarray of type numpy.% to a tensor of {list}", "str_", "object_"),
    CauseFamily("InvalidArgumentError", "Incompatible shapes: {list} vs. {list} [Op:%]", "AddV2", "Mul", "MatMul"),
    CauseFamily("KeyError", "\"['%'] not in index of the frame with {count} columns\"", "price", "volume"),
    CauseFamily(
      "AssertionError", "DataFrame.iloc[:, {n}] (column name=\"%\") are different, values are different ({float} %)",
      "score", "weight"),
  ]

  private static let noisy: [CauseFamily] = [
    CauseFamily("AssertionError", "the queue holds {n} jobs but {n} were put in", ""),
    CauseFamily("AssertionError", "expected {n} got {n}", ""),
    CauseFamily("AssertionError", "the lists {list} and {list} are not of one length", ""),
    CauseFamily("AssertionError", "score {float} is below the limit of {float} for fold {n}", ""),
    CauseFamily("FileNotFoundError", "No such file or directory: '{tmp}/model.bin'", ""),
    CauseFamily("FileExistsError", "the file is there already: '{pytest-tmp}'", ""),
    CauseFamily("NotADirectoryError", "cannot list what is a file: {mac-tmp}", ""),
    CauseFamily("ConnectionError", "connection to {ip} refused by peer after {n} attempts", ""),
    CauseFamily("LookupError", "object {uuid} is unknown to replica {n} of {host}", ""),
    CauseFamily("MemoryError", "the object at {hex} was freed by the process {big} before", ""),
    CauseFamily("LockError", "the file is locked since {time} by pid {big}", ""),
    CauseFamily("JobError", "the job job_{suffix} of commit {sha} was lost", ""),
    CauseFamily("BindError", "address already in use: localhost:{port} for the mock server", ""),
  ]
}
