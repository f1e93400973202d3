package dev.sheaf.context.store;

/// The state in memory keeps the contract.
final class MemoryStateTest extends StateStoreContract {
    @Override
    protected StateStore create() {
        return new MemoryState();
    }

    @Override
    protected StateStore crash(StateStore state) {
        ((MemoryState) state).crash();
        return state;
    }

    @Override
    protected StateStore reopen(StateStore state) {
        state.close();
        return crash(state);
    }
}
