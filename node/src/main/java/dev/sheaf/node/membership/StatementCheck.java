package dev.sheaf.node.membership;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.node.pki.RootSignatures;

import java.security.cert.X509Certificate;

/// Whether a statement is of who alone may make it. For any thread.
///
/// @param mesh this one's name
/// @param root this mesh's
/// @param signatures of nodes
record StatementCheck(String mesh, X509Certificate root, NodeSignatures signatures) {
    /// @throws Problem FORBIDDEN when it is not, UNREADABLE_INPUT when it cannot be read
    SignedStatement require(String text) {
        SignedStatement signed = SignedStatement.read(text);
        MemberStatement statement = signed.statement();
        byte[] content = SignedStatement.content(text);
        if (statement.kind().isByRoot()) {
            if (!RootSignatures.verifies(root, content, signed.signature())) {
                throw new Problem(
                        ProblemCode.FORBIDDEN,
                        "the "
                                + statement.kind().name().toLowerCase(java.util.Locale.ROOT)
                                + " of "
                                + statement.region()
                                + " is not signed by the root of the mesh "
                                + mesh);
            }
        } else {
            signatures.verify(statement.regionName(), content, signed.signature());
        }
        if (!statement.mesh().equals(mesh)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "it is said of the mesh " + statement.mesh() + ", and this one is " + mesh);
        }
        return signed;
    }
}
