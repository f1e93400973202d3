/// The audit log from the command line: verified without trusting whoever keeps it, searched,
/// exported; and who saw whose data.
///
/// Verification is [dev.sheaf.governance.audit]'s, done here, in the officer's own process. What of
/// it others say is compared with what was remembered, below `audit/` in the folder of profiles.
@NullMarked
package dev.sheaf.cli.audit;

import org.jspecify.annotations.NullMarked;
