package io.github.smsdispatch.tracking;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.lookup.LookupGate;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.TrackedLook;
import io.github.smsdispatch.store.TrackedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the answer to a look-up means for a message that others sent: its state, and when to ask again. Thread-safe. */
final class TrackingVerdicts {
    private final Backoff pauses;
    private final int giveUpAfter;
    private final Duration unconfirmedAfter;
    private final RandomGenerator random;

    TrackingVerdicts(Backoff pauses, int giveUpAfter, Duration unconfirmedAfter, RandomGenerator random) {
        this.pauses = pauses;
        this.giveUpAfter = giveUpAfter;
        this.unconfirmedAfter = unconfirmedAfter;
        this.random = random;
    }

    /**
     * Of a look-up.
     *
     * @param accountIsWell whether a failure says something of this message rather than of the account
     */
    TrackedLook of(TrackedMessage message, LookupAnswer answer, boolean accountIsWell) {
        return answer.fold(
                found -> found(message, found.receipts()),
                absent -> missed(message),
                unclear -> missed(message),
                failed -> accountIsWell && !LookupGate.isThrottle(failed) ? missed(message) : again(message));
    }

    private TrackedLook found(TrackedMessage message, List<Receipt> receipts) {
        Receipt receipt = mostTelling(receipts);
        MessageState state = state(receipt);
        if (!state.isFinal() && isTooOld(message, receipt)) {
            state = MessageState.UNCONFIRMED;
        }
        return new TrackedLook(message.providerMessageId(), state, receipt, false, pause(message.looks()));
    }

    /** Of several, as of the parts of one text, the worst: what is not delivered in full is not delivered. */
    private static Receipt mostTelling(List<Receipt> receipts) {
        return receipts.stream()
                .min(Comparator.comparingInt(receipt -> switch (receipt.state()) {
                    case UNDELIVERED -> 0;
                    case ENROUTE -> 1;
                    case UNKNOWN -> 2;
                    case DELIVERED -> 3;
                }))
                .orElseThrow();
    }

    private boolean isTooOld(TrackedMessage message, Receipt receipt) {
        Instant news = receipt.occurredAt();
        // A provider's clock may be wrong, and what is to come is no news.
        Instant since = news == null || news.isAfter(message.now()) ? message.since() : news;
        return Duration.between(since, message.now()).compareTo(unconfirmedAfter) >= 0;
    }

    private TrackedLook missed(TrackedMessage message) {
        return new TrackedLook(
                message.providerMessageId(),
                message.misses() + 1 >= giveUpAfter ? MessageState.UNCONFIRMED : MessageState.SENT,
                null,
                true,
                pause(message.looks()));
    }

    private TrackedLook again(TrackedMessage message) {
        return new TrackedLook(message.providerMessageId(), MessageState.SENT, null, false, pause(0));
    }

    /** Of an entry in the log; one that is not final is left alone for a while, as after a look-up. */
    TrackedLook logged(Receipt receipt) {
        return new TrackedLook(receipt.providerMessageId(), state(receipt), receipt, false, pause(0));
    }

    private static MessageState state(Receipt receipt) {
        ReceiptState state = receipt.state();
        return switch (state) {
            case DELIVERED -> MessageState.DELIVERED;
            case UNDELIVERED -> MessageState.UNDELIVERED;
            case ENROUTE, UNKNOWN -> MessageState.SENT;
        };
    }

    private Duration pause(int earlier) {
        return pauses.after(earlier, random);
    }
}
