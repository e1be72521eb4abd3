internal import ArgumentParser

@main
struct Assay: ParsableCommand {
}
