/// A sentence by which a CI service, or what it started, says at the end of a job's log how the job went wrong.
struct JobLogSentence {
  /// What a sentence tells.
  enum Meaning {
    /// The machine went, time ran out, somebody cancelled: not all that was to run did. The clause says which.
    case cut(String)
    /// The exit status that follows the sentence's last words.
    case status
    /// The clause says no more than that the job failed.
    case failed(String)
  }

  /// How the line begins, once times and colours are gone.
  let start: String
  /// What it goes on with somewhere behind that.
  var inside = ""
  let meaning: Meaning
  /// From which line on, counted from the log's end, the sentence counts; words of tools count near the end only.
  var reach = Int.max

  /// Where words that anybody could print count, if nothing stands behind their number.
  static let lastLines = 6

  /// Every sentence that is known. Facts of the services' own sources and documents, a line a sentence.
  static let all: [JobLogSentence] = github + azure + gitlab + jenkins + others + prow + tools

  private static func cut(_ start: String, _ words: String, reach: Int = .max) -> JobLogSentence {
    JobLogSentence(start: start, meaning: .cut(words), reach: reach)
  }

  private static func cut(_ start: String, _ inside: String, _ words: String) -> JobLogSentence {
    JobLogSentence(start: start, inside: inside, meaning: .cut(words))
  }

  private static func status(_ start: String, _ inside: String = "", reach: Int = .max) -> JobLogSentence {
    JobLogSentence(start: start, inside: inside, meaning: .status, reach: reach)
  }

  private static func failed(
    _ start: String, _ inside: String = "", _ words: String = "the job failed", reach: Int = .max
  ) -> JobLogSentence {
    JobLogSentence(start: start, inside: inside, meaning: .failed(words), reach: reach)
  }

  static let cancelled = "the job was cancelled"
  private static let timedOut = "the job ran out of time"
  private static let lost = "the job lost its machine"
  private static let memory = "the job ran out of memory"

  private static let github: [JobLogSentence] = [
    cut("##[error]", "has received a shutdown signal", lost),
    cut("##[error]", "lost communication with the server", lost),
    cut("##[error]The hosted runner encountered an error", lost),
    cut("##[error]", "exceeded the maximum execution time of ", timedOut),
    cut("##[error]The action ", "has timed out after ", timedOut),
    cut("##[error]The operation was canceled", cancelled),
    cut("##[error]The job was canceled", cancelled),
    cut("##[error]Canceling since ", cancelled),
    cut("##[error]The run was canceled by ", cancelled),
    status("##[error]Process completed with exit code "),
    status("Error: Process completed with exit code "),
    cut("The hosted runner", "lost communication with the server", lost),
    cut("The self-hosted runner", "lost communication with the server", lost),
    cut("The job running on runner ", "has exceeded the maximum execution time of ", timedOut),
    cut("The runner has received a shutdown signal", lost),
    cut("The operation was canceled.", cancelled, reach: 12),
    cut("Error: The operation was canceled.", cancelled),
    cut("Error: The runner has received a shutdown signal", lost),
  ]

  private static let azure: [JobLogSentence] = [
    cut("##[error]We stopped hearing from agent ", lost),
    cut("##[error]The agent did not connect within ", lost),
    cut("##[error]", "ran longer than the maximum time of ", timedOut),
    cut("##[error]The task has timed out", timedOut),
    cut("##[error]The Operation will be canceled", cancelled),
    cut("##[error]The build was canceled", cancelled),
    status("##[error]", "exited with code "),
    status("##[error]", "failed with exit code: "),
    status("##[error]", "failed with exit code "),
    status("##[error]", "failed with return code: "),
    status("##[error]", "exit code "),
    failed("##[error]", "failed with error", "a task of the job failed"),
    failed("##vso[task.complete ", "result=Failed", "a task of the job failed"),
  ]

  private static let gitlab: [JobLogSentence] = [
    cut("ERROR: Job failed: execution took longer than ", timedOut),
    cut("ERROR: Job failed (system failure)", lost + " (system failure)"),
    cut("ERROR: Job failed: canceled", cancelled),
    cut("ERROR: Job failed: aborted", cancelled),
    cut("ERROR: Job failed: ", "OOMKilled", memory),
    cut("ERROR: Job failed: ", "pod ", lost),
    cut("WARNING: script canceled externally", cancelled),
    status("ERROR: Job failed: ", "exit code "),
    status("ERROR: Job failed: ", "exit status "),
    failed("ERROR: Job failed"),
  ]

  private static let jenkins: [JobLogSentence] = [
    cut("Build timed out (after ", timedOut),
    cut("Cancelling nested steps due to timeout", timedOut),
    cut("Finished: ABORTED", "the job was aborted"),
    failed("Finished: FAILURE"),
    failed("Finished: UNSTABLE", "", "the job is unstable"),
    failed("Finished: NOT_BUILT", "", "the job was not built"),
    cut("Cannot contact ", "ClosedChannelException", lost),
    cut("Cannot contact ", "ChannelClosedException", lost),
    cut("FATAL: command execution failed", lost),
  ]

  private static let others: [JobLogSentence] =
    circleCI + buildkite + teamCity + travis + taskcluster + appVeyor + bitbucket + cloudBuilds + goCD + bamboo + cirrus

  private static let circleCI: [JobLogSentence] = [
    cut("Too long with no output (exceeded ", timedOut),
    cut("Build was canceled", cancelled, reach: 12),
    cut("The job was canceled", cancelled),
    cut("Job was canceled", cancelled),
    cut("Infrastructure fail", lost, reach: 12),
    cut("Your job has hit the maximum runtime", timedOut),
    cut("This job was interrupted ", lost),
    status("Exited with code exit status "),
    status("Exited with code "),
    status("CircleCI received exit code "),
    cut("Received ", "\"killed\" signal", "the job was killed"),
  ]

  private static let buildkite: [JobLogSentence] = [
    status("Error: The command exited with status "),
    status("The command exited with status "),
    cut("Error: The command was interrupted by a signal", "the job was ended by a signal"),
    cut("The command was interrupted by a signal", "the job was ended by a signal"),
    cut("# Received cancellation signal", cancelled),
    cut("# Agent was lost", lost),
    status("user command error: exit status "),
  ]

  private static let teamCity: [JobLogSentence] = [
    status("Process exited with code "),
    status("Step ", "Process exited with code "),
    cut("Build canceled", cancelled, reach: 12),
    cut("Build was canceled", cancelled, reach: 12),
    cut("Build interrupted", cancelled, reach: 12),
    cut("The build ", "has been running for more than ", timedOut),
    cut("Execution timeout", timedOut, reach: 12),
    cut("Build agent disconnected", lost),
    cut("Lost connection to agent", lost),
    failed("Build finished with status: FAILURE"),
    failed("##teamcity[buildProblem ", "", "the build reported a problem"),
    failed("##teamcity[buildStatus ", "status='FAILURE'"),
    failed("Build FAILED", reach: 12),
  ]

  private static let travis: [JobLogSentence] = [
    status("Done. Your build exited with "),
    status("The command ", "\" exited with "),
    status("The command ", "\" failed and exited with "),
    cut("No output has been received in the last ", timedOut),
    cut("The job exceeded the max", timedOut),
    cut("The build has been terminated", "the job was ended"),
    cut("The log length has exceeded the limit", "the job was ended: its log is too long"),
    cut("Your build has been stopped", "the job was ended"),
    cut("The job has been cancelled", cancelled),
  ]

  private static let taskcluster: [JobLogSentence] = [
    status("Unsuccessful task run with exit code: "),
    cut("Task timeout after ", timedOut),
    cut("Task aborted", cancelled, reach: 12),
    cut("Aborting task", cancelled, reach: 12),
    cut("Task has been aborted prematurely", cancelled),
    cut("Task was canceled", cancelled),
    cut("claim-expired", lost, reach: 12),
    status("Exit Code: "),
    failed("Result: FAILED"),
    cut("Error in task: Task aborted", cancelled),
  ]

  private static let appVeyor: [JobLogSentence] = [
    status("Command exited with code "),
    cut("Build execution time has reached the maximum allowed time", timedOut),
    cut("Build has been cancelled", cancelled),
    cut("Build cancelled", cancelled, reach: 12),
    cut("Build job cancelled", cancelled),
  ]

  private static let bitbucket: [JobLogSentence] = [
    cut("Container ", "exceeded memory limit", memory),
    cut("Exceeded build time limit", timedOut),
    cut("The build exceeded the ", "time limit", timedOut),
    cut("Runner went offline", lost),
    cut("The step was stopped", cancelled),
    failed("Build failed", reach: 12),
  ]

  /// CodeBuild, Cloud Build, Semaphore, Drone and Woodpecker, Concourse, Netlify, Vercel, Buildbot, act.
  private static let cloudBuilds: [JobLogSentence] = [
    cut("Phase context status code: BUILD_TIMED_OUT", timedOut),
    cut("Phase complete: ", "State: TIMED_OUT", timedOut),
    cut("Phase complete: ", "State: STOPPED", cancelled),
    status("Command did not exit successfully ", "exit status "),
    status("Phase context status code: COMMAND_EXECUTION_ERROR", "exit status "),
    failed("Phase complete: ", "State: FAILED"),
    failed("Phase complete: ", "State: FAULT"),
    status("ERROR: build step ", "non-zero status: "),
    failed("ERROR: build step ", "failed"),
    cut("ERROR: context deadline exceeded", timedOut),
    cut("TIMEOUT: ", timedOut, reach: 12),
    cut("CANCELLED", cancelled, reach: 12),
    cut("Job execution time limit exceeded", timedOut),
    cut("Job stopped", cancelled, reach: 12),
    failed("Job failed", reach: 12),
    cut("timeout exceeded", timedOut, reach: 12),
    cut("interrupted", cancelled, reach: 12),
    failed("Build failed due to ", "", "the build failed"),
    status("Error: Command ", "\" exited with "),
    status("program finished with exit code "),
    cut("command timed out: ", timedOut, reach: 12),
    failed("Error: Job ", "failed"),
    status("Exit status: ", reach: lastLines), status("exit status ", reach: lastLines),
    status("exit code ", reach: lastLines),
    status("exit code: ", reach: lastLines), status("exit status: ", reach: lastLines),
    status("exited with code ", reach: lastLines),
    status("Exit code: ", reach: lastLines), status("Process exited with status ", reach: lastLines),
    status("default: exit code ", reach: lastLines), status("drone: exit code ", reach: lastLines),
    status("build: exit code ", reach: lastLines),
    failed("error: ", "exited with non-zero status", reach: 12), cut("drone: job canceled", cancelled),
  ]

  private static let goCD: [JobLogSentence] = [
    failed("Current job status: failed"),
    status("Task status: failed", "exit code: "),
    failed("Task status: failed"),
    cut("Job is canceled", cancelled),
    cut("Job canceled", cancelled, reach: 12),
    cut("Current job status: cancelled", cancelled),
  ]

  private static let bamboo: [JobLogSentence] = [
    status("Failing task since return code of ", "] was "),
    failed("Finished task ", "with result: Failed", "a task of the job failed"),
    failed("Build ", "failed.", reach: 12),
    cut("Build process was stopped", cancelled),
    cut("The build has been stopped", cancelled),
  ]

  private static let cirrus: [JobLogSentence] = [
    cut("Timed out!", timedOut, reach: 12),
    cut("CirrusCI agent stopped responding", lost),
    cut("Agent stopped responding", lost),
    cut("Container errored with ", "OOMKilled", memory),
    cut("Instance failed to start", lost, reach: 12),
  ]

  /// Prow's helpers write JSON, a line a message.
  private static let prow: [JobLogSentence] = [
    cut("{\"component\":\"entrypoint\"", "Process did not finish before ", timedOut),
    cut("{\"component\":\"entrypoint\"", "Entrypoint received interrupt", cancelled),
    status("{\"component\":\"entrypoint\"", "wrapped process failed: exit status "),
    failed("{\"component\":\"entrypoint\"", "Error executing test process"),
    cut("{\"component\":\"sidecar\"", "Received an interrupt", cancelled),
  ]

  /// What a build tool says last of a build that failed: as good as the service's word, where nothing else comes behind.
  private static let tools: [JobLogSentence] = [
    failed("ERROR: Build did NOT complete successfully", "", "Bazel's build failed"),
    failed("FAILED: Build did NOT complete successfully", "", "Bazel's build failed"),
    cut("Server terminated abruptly", lost, reach: 12),
    failed("[ERROR] BUILD FAILURE", "", "Maven's build failed", reach: 60),
    failed("[INFO] BUILD FAILURE", "", "Maven's build failed", reach: 60),
    failed("BUILD FAILED in ", "", "Gradle's build failed", reach: 40),
    failed("make: *** [", "", "make's target failed", reach: 20),
    failed("error: test failed, to rerun pass", "", "cargo's tests failed", reach: 20),
    failed("npm ERR! code ELIFECYCLE", "", "npm's script failed", reach: 40),
    failed("npm error code ELIFECYCLE", "", "npm's script failed", reach: 40),
    failed("Segmentation fault", "", "a process crashed (segmentation fault)", reach: 12),
  ]
}
