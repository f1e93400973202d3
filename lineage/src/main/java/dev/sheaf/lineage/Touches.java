package dev.sheaf.lineage;

/// Which owners a walk has come by, and through which places. For one walk.
final class Touches {
    private final IntList[] places;
    private final int[] depths;
    private final IntList owners = new IntList();

    Touches(int ownerCount) {
        this.places = new IntList[ownerCount];
        this.depths = new int[ownerCount];
    }

    /// @param index of the place in the walk's visits; twice in a row counts once
    void add(int owner, int index, int depth) {
        IntList known = places[owner];
        if (known == null) {
            known = new IntList();
            places[owner] = known;
            depths[owner] = depth;
            owners.add(owner);
        }
        if (known.size() == 0 || known.get(known.size() - 1) != index) {
            known.add(index);
        }
    }

    /// In the order in which they were come by.
    IntList owners() {
        return owners;
    }

    IntList of(int owner) {
        IntList known = places[owner];
        return known == null ? IntList.NONE : known;
    }

    int depth(int owner) {
        return depths[owner];
    }
}
