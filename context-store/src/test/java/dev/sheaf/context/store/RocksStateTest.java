package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The state in RocksDB keeps the contract.
final class RocksStateTest extends StateStoreContract {
    @TempDir private Path directory;

    private StateStore open() {
        return RocksState.open(RocksStateOptions.of(directory.resolve("state")));
    }

    @Override
    protected StateStore create() {
        return open();
    }

    @Override
    protected StateStore crash(StateStore state) {
        ((RocksState) state).abandon();
        return open();
    }

    @Override
    protected StateStore reopen(StateStore state) {
        state.close();
        return open();
    }

    @Test
    void onlyOneMayHaveItOpen() {
        Problem problem = assertThrows(Problem.class, this::open);
        assertEquals(ProblemCode.CONFLICT, problem.code(), problem.message());
    }
}
