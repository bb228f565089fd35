# What a person does with Lintel. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help run test check bench format

help:
	@echo "make run     build, then serve a demo portfolio fed by a simulated PMS"
	@echo "make test    run every test, on SQLite and on a PostgreSQL of its own"
	@echo "make check   what a change must pass: format, imports, tests, longer fuzzing"
	@echo "make bench   measure speed and memory on this machine, and print the table"
	@echo "make format  format the sources"

run:
	@scripts/install-system-packages
	@scripts/require-swift
	@echo "Building Lintel; the first time takes some minutes."
	swift build -c release --product lintel
	@exec .build/release/lintel serve --demo

test:
	@scripts/install-system-packages --for-tests
	@scripts/require-swift
	@scripts/run-tests
	@scripts/run-browser-tests

# Fuzz tests run for LINTEL_FUZZ_SECONDS each: 2 where nothing is said.
check:
	@scripts/install-system-packages --for-tests
	@scripts/require-swift
	swift format lint --strict --recursive Sources Tests Package.swift
	scripts/check-imports
	scripts/check-tests
	scripts/list-embedded --check
	LINTEL_FUZZ_SECONDS=$${LINTEL_FUZZ_SECONDS:-20} $(MAKE) test

bench:
	@scripts/install-system-packages --for-tests
	@scripts/require-swift
	swift build -c release --product lintel
	Benchmarks/run
	LINTEL_SEEDS=$${LINTEL_SEEDS:-2000} scripts/run-tests --filter LawTests

format:
	swift format --in-place --recursive Sources Tests Package.swift
