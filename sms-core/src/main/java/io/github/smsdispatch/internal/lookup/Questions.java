package io.github.smsdispatch.internal.lookup;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.StatusLookup;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a provider's module for statuses; whatever it does wrong is a failed look-up. */
public final class Questions {
    private static final Logger log = LoggerFactory.getLogger(Questions.class);

    private Questions() {}

    /** One answer for each, in their order. */
    public static List<LookupAnswer> ask(ProviderAccount account, StatusLookup lookup, List<SentAttempt> attempts) {
        try {
            List<LookupAnswer> answers = lookup.lookUp(attempts);
            if (answers.size() == attempts.size()) {
                return List.copyOf(answers);
            }
            log.error(
                    "{} gave {} answers for {} look-ups: a bug of its module",
                    account,
                    answers.size(),
                    attempts.size());
        } catch (RuntimeException | Error e) {
            log.error("{} threw from lookUp: a bug of its module", account, Trace.of(e));
        }
        return attempts.stream().map(attempt -> bug()).toList();
    }

    /** What stands for an answer that a module failed to give. */
    public static LookupAnswer bug() {
        return new LookupAnswer.Failed(null, "a bug of the provider module", null);
    }
}
