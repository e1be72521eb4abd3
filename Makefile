# Needs Swift 6.2 or later, make and git; `make deps` fetches the rest, and every target calls it.

PREFIX ?= /usr/local
DESTDIR ?=

SWIFT_FLAGS := --explicit-target-dependency-import-check error
RELEASE := $(SWIFT_FLAGS) -c release --static-swift-stdlib
RELEASE_FLAGS := $(RELEASE) --product assay

INSTALLED := $(DESTDIR)$(PREFIX)/bin/assay
COMPLETIONS := bash-completion/completions zsh/site-functions fish/vendor_completions.d

.DEFAULT_GOAL := build
.PHONY: help deps build demo test bench lint format install clean

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

deps: ## the system libraries, when they are missing
	@sh .ci/deps

build: deps ## the program, for trying it: .build/debug/assay
	swift build $(SWIFT_FLAGS)

demo: build ## opens the example run
	@.build/debug/assay demo

test: deps ## every test
	swift test $(SWIFT_FLAGS)

bench: deps ## the release build beside its peers, in two minutes: ratios alone
	swift build $(RELEASE) --product assay-bench
	"$$(swift build $(RELEASE) --show-bin-path)/assay-bench" --size small

lint: ## layout, sizes and habits of the code
	swift format lint --strict --parallel --recursive Sources Tests Package.swift
	@find Sources Tests -name '*.swift' -print | LC_ALL=C sort | xargs awk -f .ci/house.awk

format: ## lays the code out
	swift format --in-place --parallel --recursive Sources Tests Package.swift

install: deps ## a release build into $(PREFIX)/bin, with the man page and completions
	swift build $(RELEASE_FLAGS)
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$$(swift build $(RELEASE_FLAGS) --show-bin-path)/assay" "$(DESTDIR)$(PREFIX)/bin/assay"
	-strip "$(DESTDIR)$(PREFIX)/bin/assay"
	install -d $(addprefix "$(DESTDIR)$(PREFIX)"/share/,$(COMPLETIONS) man/man1)
	"$(INSTALLED)" manual --roff > "$(DESTDIR)$(PREFIX)/share/man/man1/assay.1"
	"$(INSTALLED)" --generate-completion-script bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/assay"
	"$(INSTALLED)" --generate-completion-script zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_assay"
	"$(INSTALLED)" --generate-completion-script fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/assay.fish"

clean: ## removes what was built
	rm -rf .build
