package io.github.smsdispatch.googleverify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.SentAttempt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks what became of a code, by our reference (pkg/controller/codes). The server knows whether a code was used, and
 * nothing of the text.
 */
final class GoogleVerifyStatus {
    private static final String NOT_FOUND = "code_not_found";

    /**
     * How long after a hand-over the server may still be at it: five tries of five seconds, and the pauses between them.
     * Until then a stored code is no sign that its text will be sent: if it is not, the code is deleted.
     */
    private static final Duration LONGEST_WORK = Duration.ofSeconds(30);

    /** How far the clocks of store, server and this machine may be apart where it is about days. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final ProviderAccount account;
    private final Duration statusRetention;
    private final GoogleVerifyRequests requests;
    private final ProviderHttp http;
    private final CodeBook codes;
    private final InstantSource clock;

    GoogleVerifyStatus(
            GoogleVerifySettings settings,
            GoogleVerifyRequests requests,
            ProviderHttp http,
            CodeBook codes,
            InstantSource clock) {
        this.account = settings.account;
        this.statusRetention = settings.statusRetention;
        this.requests = requests;
        this.http = http;
        this.codes = codes;
        this.clock = clock;
    }

    LookupAnswer of(SentAttempt attempt) {
        @Nullable AttemptId reference = attempt.reference();
        if (reference == null) {
            // The id of what was taken is the reference of whoever handed it over.
            Optional<AttemptId> other = reference(attempt.providerMessageIds().get(0));
            return other.isEmpty()
                    ? new LookupAnswer.Unclear("the id is no UUID")
                    : ask(other.get(), attempt.startedAt());
        }
        return ask(reference, attempt.startedAt());
    }

    LookupAnswer of(DoubtfulAttempt attempt) {
        LookupAnswer answer = ask(attempt.reference(), attempt.startedAt());
        Duration atWork = Duration.between(clock.instant(), attempt.endedAt().plus(LONGEST_WORK));
        boolean mayBeUndone = answer instanceof LookupAnswer.Found found
                && found.receipts().stream()
                        .noneMatch(receipt -> receipt.status().equals("claimed"));
        if (mayBeUndone && !atWork.isNegative() && !atWork.isZero()) {
            return new LookupAnswer.Unclear("the code is stored, but its text may not be sent yet");
        }
        return answer;
    }

    private static Optional<AttemptId> reference(String id) {
        try {
            return Optional.of(AttemptId.parse(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private LookupAnswer ask(AttemptId reference, @Nullable Instant startedAt) {
        ExchangeResult result = http.exchange(requests.checkCodeStatus(reference.value()));
        return result.fold(answer -> ofAnswer(reference, startedAt, answer), Outcomes::ofLookup, Outcomes::ofLookup);
    }

    LookupAnswer ofAnswer(AttemptId reference, @Nullable Instant startedAt, ExchangeResult.Answered answer) {
        JsonNode body = Json.read(answer.body());
        if (answer.isSuccess()) {
            @Nullable String word = word(body);
            return word == null
                    ? new LookupAnswer.Failed(
                            String.valueOf(answer.status()), "the answer does not say whether the code was used", null)
                    : new LookupAnswer.Found(List.of(receipt(reference, word)));
        }
        // A bare 404 may come from anything on the way; with the server's own code it is about ours.
        if (answer.status() == 404 && NOT_FOUND.equals(Json.text(body, "errorCode"))) {
            return isRemembered(startedAt)
                    ? new LookupAnswer.Absent()
                    : new LookupAnswer.Unclear(
                            "the server has forgotten what was that long ago: its absence proves nothing");
        }
        return Outcomes.ofLookup(answer);
    }

    private boolean isRemembered(@Nullable Instant startedAt) {
        return startedAt != null && clock.instant().plus(CLOCK_SKEW).isBefore(startedAt.plus(statusRetention));
    }

    private @Nullable String word(JsonNode body) {
        JsonNode claimed = body.path("claimed");
        if (!claimed.isBoolean() || Json.text(body, "error") != null) {
            return null;
        }
        if (claimed.booleanValue()) {
            return "claimed";
        }
        // The code in the link lives longer than the one to type in.
        long expiresAt = Math.max(
                body.path("expiresAtTimestamp").asLong(0),
                body.path("longExpiresAtTimestamp").asLong(0));
        return expiresAt > 0 && expiresAt <= clock.instant().getEpochSecond() ? "expired" : "unclaimed";
    }

    private Receipt receipt(AttemptId reference, String word) {
        UUID uuid = reference.value();
        return new Receipt(account, uuid.toString(), reference, codes.state(word), word, null, null);
    }
}
