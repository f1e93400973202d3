package dev.sheaf.bench.policy;

import dev.sheaf.governance.decision.StandardPack;

/// Reads and compiles the standard pack, first thing in a process, and prints the milliseconds.
final class PackCompile {
    private PackCompile() {}

    public static void main(String[] arguments) {
        long began = System.nanoTime();
        StandardPack.load();
        System.out.println((System.nanoTime() - began) / 1_000_000);
    }
}
