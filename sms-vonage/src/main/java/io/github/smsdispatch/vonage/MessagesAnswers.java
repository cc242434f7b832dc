package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the Messages API's answer to a hand-over means: 202 with one id for the whole text, or a problem (RFC 9457). The
 * HTTP status alone decides whether it is proven that nothing was taken; the problem says why.
 */
final class MessagesAnswers {
    private final CodeBook codes;

    MessagesAnswers(CodeBook codes) {
        this.codes = codes;
    }

    SubmitOutcome ofSubmit(ExchangeResult result) {
        return result.fold(this::ofAnswer, Outcomes::ofSubmit, Outcomes::ofSubmit);
    }

    private SubmitOutcome ofAnswer(ExchangeResult.Answered answer) {
        JsonNode body = Json.read(answer.body());
        if (answer.isSuccess()) {
            @Nullable String id = Json.text(body, "message_uuid");
            return id == null
                    ? new SubmitOutcome.Unknown(String.valueOf(answer.status()), "a success without a message id")
                    // The number of parts and the price come with the status webhooks.
                    : new SubmitOutcome.Accepted(List.of(id), 0, null);
        }
        SubmitOutcome byStatus = Outcomes.ofSubmit(answer);
        return byStatus instanceof SubmitOutcome.Refused refused ? because(refused, body, answer) : byStatus;
    }

    private SubmitOutcome because(SubmitOutcome.Refused refused, JsonNode body, ExchangeResult.Answered answer) {
        Optional<CodeTable.Row> row =
                codes.submit(ProblemCode.of(body)).or(() -> codes.submit(String.valueOf(answer.status())));
        return row.map(known -> Outcomes.ofCode(known, answer)).orElse(refused);
    }
}
