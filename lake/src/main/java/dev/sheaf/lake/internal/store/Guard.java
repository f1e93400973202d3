package dev.sheaf.lake.internal.store;

import dev.sheaf.kernel.Problem;

import org.apache.iceberg.exceptions.AlreadyExistsException;

import java.io.IOException;
import java.util.function.Function;

/// Runs calls into a store and turns what they throw into problems that name the location.
final class Guard {
    private final String storeName;
    private final Store store;
    private final Function<Problem, RuntimeException> thrown;

    /// @param thrown what a problem is thrown as
    Guard(String storeName, Store store, Function<Problem, RuntimeException> thrown) {
        this.storeName = storeName;
        this.store = store;
        this.thrown = thrown;
    }

    /// A call that may fail as input and output does.
    interface Call<T> {
        T run() throws IOException;
    }

    Store store() {
        return store;
    }

    <T> T run(String location, Call<T> call) {
        try {
            return call.run();
        } catch (Problem | StoreFailure | AlreadyExistsException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw thrown.apply(problem(location, e));
        }
    }

    private Problem problem(String location, Exception error) {
        Failure failure = CommonFailures.of(error).orElseGet(() -> store.failure(error));
        return new Problem(
                failure.code(),
                "store '"
                        + storeName
                        + "', "
                        + location
                        + ": "
                        + failure.what()
                        + "; "
                        + failure.wayOut(),
                error);
    }
}
