package io.github.smsdispatch.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Twilio's answer to a hand-over means. */
final class TwilioAnswers {
    static final CodeTable CODES =
            CodeTable.read(TwilioAnswers.class.getResourceAsStream("twilio-codes.txt"), "twilio-codes.txt");

    /** In characters: reading a number takes time by the square of its length. */
    private static final int MAX_PRICE = 32;

    private final CodeBook codes;
    private final AddressRedaction redaction;

    TwilioAnswers(CodeBook codes, AddressRedaction redaction) {
        this.codes = codes;
        this.redaction = redaction;
    }

    SubmitOutcome ofSubmit(ExchangeResult result) {
        return result.fold(this::ofAnswer, Outcomes::ofSubmit, Outcomes::ofSubmit);
    }

    private SubmitOutcome ofAnswer(ExchangeResult.Answered answer) {
        JsonNode body = Json.read(answer.body());
        if (answer.isSuccess()) {
            return accepted(answer, body);
        }
        // Codes mean something under 4xx only: after a 5xx the message may have been taken, whatever the code, and a
        // redirect is no answer of this API.
        if (answer.status() < 400 || answer.status() >= 500) {
            return Outcomes.ofSubmit(answer);
        }
        @Nullable String code = Json.text(body, "code");
        return codes.submit(code)
                .map(known -> Outcomes.ofCode(known, answer))
                .orElseGet(() -> Outcomes.ofUnknownCode(codes.shown(CodeTable.Kind.SUBMIT, code), answer));
    }

    private SubmitOutcome accepted(ExchangeResult.Answered answer, JsonNode body) {
        redaction.note(Json.text(body, "to"));
        @Nullable String sid = Json.text(body, "sid");
        if (sid == null || !TwilioIds.isSid(sid)) {
            return new SubmitOutcome.Unknown(
                    String.valueOf(answer.status()), "answered " + answer.status() + " without a message SID");
        }
        // "0" while a messaging service has not picked a sender yet, which is also our word for "did not say".
        return new SubmitOutcome.Accepted(
                List.of(sid), Math.max(0, body.path("num_segments").asInt(0)), cost(body));
    }

    /** The price is null at first and negative later (Twilio docs, Messages resource, read 2026-11). */
    private static SubmitOutcome.@Nullable Cost cost(JsonNode body) {
        @Nullable String price = Json.text(body, "price");
        @Nullable String unit = Json.text(body, "price_unit");
        if (price == null || unit == null || price.length() > MAX_PRICE) {
            return null;
        }
        try {
            return new SubmitOutcome.Cost(new BigDecimal(price).abs(), Currency.getInstance(unit));
        } catch (IllegalArgumentException e) {
            return null; // a price we cannot read says nothing of whether the message was taken
        }
    }
}
