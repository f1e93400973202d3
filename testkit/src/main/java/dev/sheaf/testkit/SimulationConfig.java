package dev.sheaf.testkit;

/// One simulation. The same config gives the same run, to the last step.
///
/// @param seed where all chance comes from
/// @param steps how many things happen before the faults are healed
/// @param regions 2 to 9, or 0: the seed decides
/// @param documents what the regions hold
public record SimulationConfig(
        long seed, int steps, int regions, DocumentModel documents, DeliberateBug bug) {
    public static final int REGIONS_MIN = 2;
    public static final int REGIONS_MAX = 9;

    public SimulationConfig {
        boolean fits = regions == 0 || (regions >= REGIONS_MIN && regions <= REGIONS_MAX);
        if (steps < 1 || !fits) {
            throw new IllegalArgumentException(
                    steps
                            + " steps with "
                            + regions
                            + " regions: at least one step and 2 to 9 regions, or 0 for any");
        }
    }

    /// What the simulated regions hold.
    public enum DocumentModel {
        /// Small maps of registers with fences: fast.
        SMALL,
        /// The documents of the context engine.
        REAL
    }

    /// The command that runs this again.
    public String command() {
        StringBuilder command =
                new StringBuilder("./sheaf sim --seed ").append(seed).append(" --steps ");
        command.append(steps);
        if (regions != 0) {
            command.append(" --regions ").append(regions);
        }
        if (documents == DocumentModel.REAL) {
            command.append(" --documents real");
        }
        if (bug != DeliberateBug.NONE) {
            command.append(" --bug ").append(bug);
        }
        return command.toString();
    }
}
