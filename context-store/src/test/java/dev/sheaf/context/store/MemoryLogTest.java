package dev.sheaf.context.store;

/// The log in memory keeps the contract.
final class MemoryLogTest extends EventLogContract {
    @Override
    protected EventLog create() {
        return new MemoryLog();
    }

    @Override
    protected EventLog crash(EventLog log) {
        ((MemoryLog) log).crash();
        return log;
    }

    @Override
    protected EventLog reopen(EventLog log) {
        log.close();
        return crash(log);
    }
}
