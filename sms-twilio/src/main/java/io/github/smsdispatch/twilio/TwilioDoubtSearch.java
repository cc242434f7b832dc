package io.github.smsdispatch.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sifts the messages of a list for one hand-over. For one search on one thread. */
final class TwilioDoubtSearch {
    /** How far Twilio's clock and the store's may be apart. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

    /** How much further they are apart at worst: a message of that time is no candidate, but may be the one sought. */
    private static final Duration MORE_SKEW = Duration.ofMinutes(15);

    /** @param alike whether only letters and digits agree */
    private record Hit(boolean alike, Instant createdAt, Receipt receipt) {}

    private final TwilioReceipts receipts;
    private final DoubtfulAttempt attempt;
    private final SentText text;
    private final Instant from;
    private final Instant to;
    /** By SID: while the list is paged, a new message pushes others over the edge, and they come again. */
    private final Map<String, Hit> hits = new HashMap<>();

    private @Nullable Instant previous;
    private boolean newestFirst = true;
    private boolean past;
    private boolean unsure;

    TwilioDoubtSearch(TwilioReceipts receipts, DoubtfulAttempt attempt) {
        this.receipts = receipts;
        this.attempt = attempt;
        this.text = new SentText(attempt.text());
        this.from = attempt.startedAt().minus(CLOCK_SKEW);
        this.to = attempt.endedAt().plus(CLOCK_SKEW);
    }

    /** Whether everything that follows is older than the hand-over. */
    boolean isPastTheAttempt() {
        return newestFirst && past;
    }

    /** Takes the next message of the list. */
    void add(JsonNode message) {
        @Nullable String direction = Json.text(message, "direction");
        if (direction != null && !direction.startsWith("outbound")) {
            return; // a text that came in
        }
        Optional<Instant> createdAt = TwilioReceipts.date(message, "date_created");
        if (direction == null || createdAt.isEmpty()) {
            unsure = true;
            return;
        }
        Instant created = createdAt.get();
        if (previous != null && created.isAfter(previous)) {
            newestFirst = false;
        }
        previous = created;
        past = created.isBefore(from.minus(MORE_SKEW));
        if (!past && !created.isAfter(to.plus(MORE_SKEW))) {
            compare(message, created);
        }
    }

    /**
     * What was found, oldest first; what says exactly the same before what was altered or may be another text, such as
     * $500 for $5.00.
     */
    LookupAnswer answer() {
        if (!hits.isEmpty()) {
            return new LookupAnswer.Found(hits.values().stream()
                    .sorted(Comparator.comparing(Hit::alike).thenComparing(Hit::createdAt))
                    .map(Hit::receipt)
                    .toList());
        }
        return unsure
                ? new LookupAnswer.Unclear(
                        "a message cannot be told apart: it is incomplete, redacted or altered, or is like it in all but"
                                + " time or sender")
                : new LookupAnswer.Absent();
    }

    /** What is like it in everything but time or sender proves neither: a clock may be off, a sender replaced. */
    private void compare(JsonNode message, Instant created) {
        SentText.Likeness likeness = text.compareTo(Json.text(message, "body"));
        if (likeness == SentText.Likeness.OTHER) {
            return;
        }
        boolean fits = likeness != SentText.Likeness.UNCLEAR
                && !created.isBefore(from)
                && !created.isAfter(to)
                && senderFits(Json.text(message, "from"));
        Optional<Receipt> receipt = fits ? receipts.of(null, message) : Optional.empty();
        boolean alike = likeness == SentText.Likeness.ALIKE;
        receipt.ifPresentOrElse(
                hit -> hits.put(hit.providerMessageId(), new Hit(alike, created, hit)), () -> unsure = true);
    }

    /** The sender is null until a messaging service has picked one, and with our default it may be any of the pool. */
    private boolean senderFits(@Nullable String from) {
        return attempt.sender() == null
                || from == null
                || attempt.sender().value().equals(from);
    }
}
