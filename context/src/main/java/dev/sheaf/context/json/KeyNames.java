package dev.sheaf.context.json;

/// Keys of objects as one string each, whatever they were read from: most lookups in a document
/// then compare references and touch no other memory. A name that comes again soon is found without
/// a search. It saves time only: nothing may rely on two equal names being one.
///
/// For any thread: strings are immutable, and one that another thread has put here is as good.
public final class KeyNames {
    private static final int SLOTS = 1 << 12;

    /// Longer ones are seldom keys, and are not kept.
    private static final int CHARACTERS_MAX = 64;

    private static final String[] RECENT = new String[SLOTS];

    private KeyNames() {}

    /// An equal string.
    public static String of(String name) {
        int hash = name.hashCode();
        int slot = (hash ^ hash >>> 12) & SLOTS - 1;
        String recent = RECENT[slot];
        if (name.equals(recent)) {
            return recent;
        }
        if (name.length() > CHARACTERS_MAX) {
            return name;
        }
        String one = name.intern();
        RECENT[slot] = one;
        return one;
    }
}
