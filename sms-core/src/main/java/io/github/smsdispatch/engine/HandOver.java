package io.github.smsdispatch.engine;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.PastAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to a provider: the only place in the library that calls {@link io.github.smsdispatch.spi.SmsProvider#submit}.
 * Whatever a provider does wrong becomes {@link SubmitOutcome.Unknown}, because the message may be in the air.
 */
final class HandOver {
    private static final Logger log = LoggerFactory.getLogger(HandOver.class);

    /** A claimed message, since when this engine has it, and the attempt that is committed for it. */
    record Item(Claim claim, Instant claimedAt, AttemptId attempt) {}

    /** The code of a hand-over that was begun and came to no call: the account went down, or its time was over. */
    static final String NOT_MADE = "NOT_HANDED_OVER";

    private HandOver() {}

    /** Whether it came to no call, so that the provider has said nothing of the message. */
    static boolean wasNotMade(PastAttempt past) {
        return past.result() == PastAttempt.Result.REFUSED && NOT_MADE.equals(past.code());
    }

    static List<SubmitOutcome> call(Account account, List<Item> items, Instant now) {
        items.forEach(
                item -> account.tenants().handsOverFor(item.claim().message().tenant()));
        try {
            List<Submission> batch =
                    items.stream().map(item -> submission(account, item, now)).toList();
            List<SubmitOutcome> outcomes = account.provider().submit(batch);
            if (outcomes.size() == items.size()) {
                return List.copyOf(outcomes);
            }
            long all = account.damper("outcomes").speaksFor();
            if (all > 0) {
                log.error(
                        "{} gave {} outcomes for {} submissions: a bug of its module ({} since the last line like this)",
                        account.name(),
                        outcomes.size(),
                        items.size(),
                        all);
            }
            return unknown(items.size(), "the provider module gave the wrong number of outcomes");
        } catch (RuntimeException | Error e) {
            long all = account.damper("submit").speaksFor();
            if (all > 0) {
                log.error(
                        "{} threw from submit: a bug of its module ({} since the last line like this)",
                        account.name(),
                        all,
                        Trace.of(e));
            }
            return unknown(
                    items.size(), "the provider module threw " + e.getClass().getSimpleName());
        }
    }

    /** Whether the validity has ended while it waited for its call. */
    static boolean isTooLate(Item item, Instant now) {
        Duration remaining = remaining(item, now);
        return remaining.isNegative() || remaining.isZero();
    }

    /** Of the validity. By the store's clock at the claim, and ours since: the two may differ. */
    private static Duration remaining(Item item, Instant now) {
        Claim claim = item.claim();
        return Durations.until(claim.expiresAt(), claim.now()).minus(Durations.until(now, item.claimedAt()));
    }

    private static Submission submission(Account account, Item item, Instant now) {
        Claim claim = item.claim();
        return new Submission(
                item.attempt(),
                claim.message().recipient(),
                claim.message().sender(),
                claim.message().text(),
                claim.message().segments(),
                Durations.min(
                        Durations.max(remaining(item, now), Duration.ofSeconds(1)),
                        account.traits().maxValidity()),
                claim.message().attributes());
    }

    private static List<SubmitOutcome> unknown(int count, String detail) {
        var outcomes = new ArrayList<SubmitOutcome>(count);
        for (int i = 0; i < count; i++) {
            outcomes.add(new SubmitOutcome.Unknown(null, detail));
        }
        return outcomes;
    }
}
