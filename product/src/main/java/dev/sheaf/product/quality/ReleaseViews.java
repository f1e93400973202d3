package dev.sheaf.product.quality;

import dev.sheaf.kernel.ProductName;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Current releases as something to read from, for rules that look beyond their own batch. No
/// masks: what a rule reads never leaves the run but as one number.
public interface ReleaseViews {
    /// Empty when the product has no release.
    Optional<ReleaseView> current(ProductName product);

    /// @param select yields the release's rows with its columns by name
    /// @param files what a session must be allowed to read for it
    record ReleaseView(String select, List<Path> files) {
        public ReleaseView {
            files = List.copyOf(files);
        }
    }
}
