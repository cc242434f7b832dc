package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.CallPace;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.SubmitOutcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * This node's hand-overs to an account for which no rate was agreed: as many as there is room for, until the provider says that
 * it is too much. From then on as many as it took, see {@link CallPace}: otherwise the account would be left alone, flooded and
 * left alone again, and take a fifth of what it could. Thread-safe.
 */
final class BorneRate implements Allowance {
    /** A round of the dispatch loop may take as long, and the next makes up for it. */
    private static final Duration LATE = Permits.AHEAD;

    private final CallPace pace;

    BorneRate(InstantSource clock) {
        this.pace = new CallPace(null, LATE, clock);
    }

    @Override
    public int permitted(int known, int most) {
        return known > 0 && most > 0 ? pace.mayGo(most) : 0;
    }

    @Override
    public void use(int count) {
        pace.went(count);
    }

    @Override
    public Duration heldBackFor() {
        return pace.heldBackFor();
    }

    @Override
    public void heard(List<SubmitOutcome> outcomes, Instant began) {
        pace.taken((int) outcomes.stream().filter(BorneRate::isTaken).count(), began);
        if (outcomes.stream().anyMatch(BorneRate::isThrottled)) {
            pace.throttled(began);
        }
    }

    /** Also a refusal of the message itself is an answer that the provider took the time for. */
    private static boolean isTaken(SubmitOutcome outcome) {
        return outcome.fold(
                accepted -> true,
                refused -> switch (refused.reason()) {
                    case RECIPIENT, RECIPIENT_BUSY, CONTENT, OPTED_OUT, SENDER, DESTINATION -> true;
                    case ACCOUNT, UNAVAILABLE, THROTTLED -> false;
                },
                unknown -> false);
    }

    private static boolean isThrottled(SubmitOutcome outcome) {
        return outcome instanceof Refused refused && refused.reason() == FailureReason.THROTTLED;
    }
}
