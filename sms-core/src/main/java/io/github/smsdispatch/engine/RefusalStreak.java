package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when an account refuses message after message for what is in them: then it is rather one setting of ours, such as
 * the sender, than all the messages, which end as REJECTED meanwhile. Says so after {@value #FIRST} and again each time they
 * have become ten times as many. Thread-safe.
 */
final class RefusalStreak {
    static final int FIRST = 20;

    private static final Logger log = LoggerFactory.getLogger(RefusalStreak.class);

    private final ProviderAccount account;
    private long inARow;
    private long tellAt = FIRST;

    RefusalStreak(ProviderAccount account) {
        this.account = account;
    }

    void note(List<SubmitOutcome> outcomes) {
        outcomes.forEach(outcome -> outcome.fold(
                accepted -> {
                    accepted();
                    return true;
                },
                refused -> {
                    refused(refused);
                    return true;
                },
                unknown -> true));
    }

    private synchronized void accepted() {
        inARow = 0;
        tellAt = FIRST;
    }

    private synchronized void refused(SubmitOutcome.Refused refused) {
        if (isForTheMessage(refused.reason()) && ++inARow == tellAt) {
            tellAt *= 10;
            log.warn(
                    "{} has refused {} messages in a row and taken none, the last for {} (code {}): see its settings, such as"
                            + " the sender, before more are rejected",
                    account,
                    inARow,
                    refused.reason(),
                    refused.code());
        }
    }

    private static boolean isForTheMessage(FailureReason reason) {
        return switch (reason) {
            case RECIPIENT, CONTENT, SENDER, DESTINATION -> true;
            case OPTED_OUT, RECIPIENT_BUSY, ACCOUNT, THROTTLED, UNAVAILABLE -> false;
        };
    }
}
