package io.github.smsdispatch.engine;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.PastAttempt.Result;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.store.SyncTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What an answer of the provider's log means for a hand-over in doubt: proven taken, proven not taken, or not to be
 * known, where the message's policy decides.
 */
final class Reconciler {
    /** One answer alone proves nothing: the log, or a receipt, may lag just then. Looks that failed do not count. */
    private static final int LOOKS_THAT_PROVE = 2;

    /** How many looks a message that may be repeated waits for certainty. */
    private static final int LOOKS_BEFORE_RESEND = 4;

    private final MessageStore store;
    private final LookupSchedule schedule;

    /** How often the absence of one message is believed. */
    private final int absenceProofs;

    /** How often a message that may be repeated is. */
    private final int maxResends;

    Reconciler(MessageStore store, LookupSchedule schedule, EngineSettings settings) {
        this.store = store;
        this.schedule = schedule;
        this.absenceProofs = settings.absenceProofs();
        this.maxResends = settings.maxResends();
    }

    SyncEnd endOf(SyncTask task, ProviderTraits traits, LookupAnswer answer) {
        return answer.fold(
                found -> found(task, traits, found.receipts()),
                absent -> absent(task, traits),
                unclear -> stillOpen(task, traits, false, unclear.detail()),
                failed -> stillOpen(task, traits, false, failed.detail()));
    }

    /** For a provider that cannot be asked: only a receipt can settle it. */
    SyncEnd withoutAsking(SyncTask task, ProviderTraits traits) {
        return stillOpen(task, traits, false, "the provider has no log to ask");
    }

    private SyncEnd found(SyncTask task, ProviderTraits traits, List<Receipt> receipts) {
        List<Receipt> exact = receipts.stream()
                .filter(receipt -> task.attempt().reference().equals(receipt.reference()))
                .toList();
        if (!exact.isEmpty()) {
            return taken(task, traits, exact);
        }
        // The log does not carry our reference: each of its entries belongs to one attempt, so those that others hold
        // are not ours, and of the rest the oldest is as good as any. Not at the first look: a receipt with a reference
        // may still tell that an entry is another's.
        if (task.answeredLookups() + 1 < LOOKS_THAT_PROVE) {
            return open(task, true, schedule.next(task, traits), "perhaps in the provider's log");
        }
        Set<String> others = store.knownIds(
                task.account(),
                receipts.stream().map(Receipt::providerMessageId).toList());
        return receipts.stream()
                .filter(receipt -> receipt.reference() == null && !others.contains(receipt.providerMessageId()))
                .findFirst()
                .map(receipt -> taken(task, traits, List.of(receipt)))
                .orElseGet(() -> absent(task, traits));
    }

    private SyncEnd taken(SyncTask task, ProviderTraits traits, List<Receipt> receipts) {
        boolean whole = isWhole(task, traits, receipts);
        return new SyncEnd(
                task.message(),
                task.attempt().reference(),
                // Of a text of which only some parts are found, the receipts count, but not as all there is.
                whole ? Verdict.TAKEN : Verdict.OPEN,
                true,
                receipts,
                whole,
                schedule.first(task, traits),
                "found in the provider's log");
    }

    /** Whether receipts name all parts of a hand-over, as far as our estimate of the parts goes. */
    static boolean isWhole(SyncTask task, ProviderTraits traits, List<Receipt> receipts) {
        return !traits.receiptsPerPart()
                || receipts.size() >= task.attempt().segments().count();
    }

    private SyncEnd absent(SyncTask task, ProviderTraits traits) {
        if (traits.absenceProof().isEmpty()) {
            return stillOpen(task, traits, true, "not in the provider's log, which proves nothing");
        }
        Instant provenAt = task.attempt().endedAt().plus(traits.absenceProof().get());
        if (!task.now().isBefore(provenAt) && task.answeredLookups() + 1 >= LOOKS_THAT_PROVE) {
            List<PastAttempt> past = store.attempts(task.message());
            if (past.stream().filter(Reconciler::isProvenAbsent).count() >= absenceProofs) {
                // That a message is lost time and again is less likely than that this log does not show it.
                return stillOpen(task, traits, true, "not in the provider's log, which was believed often enough");
            }
            return again(task, Verdict.NOT_TAKEN, true, past, "not in the provider's log");
        }
        Duration untilProof = Durations.until(provenAt, task.now());
        Duration next = schedule.next(task, traits);
        return open(
                task,
                true,
                untilProof.isZero() ? next : Durations.min(next, untilProof),
                "not in the provider's log yet");
    }

    private SyncEnd stillOpen(SyncTask task, ProviderTraits traits, boolean answered, String why) {
        if (task.doubtPolicy() == DoubtPolicy.RESEND && task.lookups() + 1 >= LOOKS_BEFORE_RESEND) {
            List<PastAttempt> past = store.attempts(task.message());
            if (othersPerhapsTaken(task, past) < maxResends) {
                return again(
                        task,
                        Verdict.RESEND,
                        answered,
                        past,
                        "cannot be known, and the message may be repeated: " + why);
            }
        }
        return open(task, answered, schedule.next(task, traits), why);
    }

    /** How many copies the recipient may have got besides the one in doubt: each of them was followed by a repetition. */
    private static long othersPerhapsTaken(SyncTask task, List<PastAttempt> past) {
        return past.stream()
                .filter(attempt -> !attempt.id().equals(task.attempt().reference()))
                .filter(attempt -> attempt.result() == Result.UNKNOWN
                        || (attempt.result() == Result.ACCEPTED && !attempt.hasFailedLate()))
                .count();
    }

    /** Not at once: each hand-over that is lost makes the next one wait longer. */
    private SyncEnd again(SyncTask task, Verdict verdict, boolean answered, List<PastAttempt> past, String why) {
        int lostBefore = (int) past.stream()
                .filter(attempt -> !attempt.id().equals(task.attempt().reference()))
                .filter(attempt -> attempt.result() == Result.UNKNOWN || isProvenAbsent(attempt))
                .count();
        return new SyncEnd(
                task.message(),
                task.attempt().reference(),
                verdict,
                answered,
                List.of(),
                false,
                schedule.handOverAgain(lostBefore),
                why);
    }

    /** A provider's own refusal has a reason. */
    private static boolean isProvenAbsent(PastAttempt attempt) {
        return attempt.result() == Result.REFUSED && attempt.reason() == null;
    }

    private static SyncEnd open(SyncTask task, boolean answered, Duration nextIn, String why) {
        return new SyncEnd(
                task.message(), task.attempt().reference(), Verdict.OPEN, answered, List.of(), false, nextIn, why);
    }
}
