package dev.sheaf.rego.engine;

/// The steps of a rule: those that it was compiled to, until it has run often, then woven ones.
/// Threads may race for it; each way gives the same results.
final class RuleBody {
    private final int runsBeforeWeaving;
    private Step chain;
    private int runs;

    /// @param runsBeforeWeaving at least 1; 1 weaves before the first run, and without a pause
    RuleBody(Step chain, int runsBeforeWeaving) {
        this.chain = chain;
        this.runsBeforeWeaving = runsBeforeWeaving;
    }

    void run(Frame frame) {
        if (runs < runsBeforeWeaving && ++runs == runsBeforeWeaving) {
            weave(frame.session);
        }
        chain.run(frame);
    }

    /// An evaluation weaves one rule, so that none takes much longer than others.
    private void weave(Session session) {
        if (session.mayWeave() || runsBeforeWeaving == 1) {
            session.untimed(() -> Weaver.woven(chain).ifPresent(woven -> chain = woven));
        } else {
            runs = runsBeforeWeaving - 1;
        }
    }
}
