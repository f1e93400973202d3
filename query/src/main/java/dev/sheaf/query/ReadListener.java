package dev.sheaf.query;

import dev.sheaf.kernel.ProductName;

import java.util.List;

/// Is told what a statement is let read and what it is refused, once that is decided and before
/// anything is read. Called by the thread that runs the statement; what it throws ends the
/// statement.
public interface ReadListener {
    /// Listens to nothing.
    ReadListener NONE =
            new ReadListener() {
                @Override
                public void reading(List<TableRead> tables) {}

                @Override
                public void refused(ProductName product) {}
            };

    /// Whether it wants to know of the columns that are read, which takes a moment to find out.
    default boolean wantsColumns() {
        return false;
    }

    /// @param tables all that the statement names, each release once
    void reading(List<TableRead> tables);

    /// The statement names a product that there is, and that its caller may not read; it ends.
    void refused(ProductName product);
}
