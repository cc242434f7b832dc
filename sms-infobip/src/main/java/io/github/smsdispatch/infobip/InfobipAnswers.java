package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Infobip's answer to a hand-over means: HTTP 200 says that the request was read, and each message has a status of
 * its own, which may be a refusal. Messages are told apart by the id that we gave them; one that the answer leaves out is
 * {@link SubmitOutcome.Unknown}. Thread-safe.
 */
final class InfobipAnswers {
    /** The filter against flooding counts what went to a number within the hour (status 20); no answer says since when. */
    static final Duration FLOODING_PAUSE = Duration.ofHours(1);

    private final InfobipCodes codes;

    InfobipAnswers(InfobipCodes codes) {
        this.codes = codes;
    }

    /** One outcome for each message, in the order of the request. */
    List<SubmitOutcome> ofSubmit(List<AttemptId> request, ExchangeResult result) {
        if (result instanceof ExchangeResult.Answered answer) {
            return answer.isSuccess() ? ofItems(request, answer) : ofRefusal(request.size(), answer);
        }
        SubmitOutcome all = Outcomes.ofSubmit(result);
        return request.stream().map(reference -> all).toList();
    }

    private static List<SubmitOutcome> ofRefusal(int size, ExchangeResult.Answered answer) {
        SubmitOutcome all = Outcomes.ofSubmit(answer);
        var outcomes = new ArrayList<SubmitOutcome>(size);
        // SENDER is what Outcomes makes of a status that refuses the request as it is.
        if (all instanceof SubmitOutcome.Refused refused && refused.reason() == FailureReason.SENDER) {
            var call = new RefusedCall(refused, answer.body(), size);
            for (int place = 0; place < size; place++) {
                outcomes.add(call.of(place));
            }
        } else {
            for (int place = 0; place < size; place++) {
                outcomes.add(all);
            }
        }
        return outcomes;
    }

    private List<SubmitOutcome> ofItems(List<AttemptId> request, ExchangeResult.Answered answer) {
        Map<String, JsonNode> items = new HashMap<>();
        for (JsonNode item : Json.read(answer.body()).path("messages")) {
            @Nullable String id = Json.text(item, "messageId");
            if (id != null && items.putIfAbsent(id, item) != null) {
                items.put(id, MissingNode.getInstance()); // two answers are none
            }
        }
        return request.stream()
                .map(reference -> ofItem(
                        reference.toString(),
                        items.getOrDefault(reference.toString(), MissingNode.getInstance()),
                        answer.status()))
                .toList();
    }

    private SubmitOutcome ofItem(String id, JsonNode item, int httpStatus) {
        JsonNode status = item.path("status");
        if (!status.isObject()) {
            return new SubmitOutcome.Unknown(
                    String.valueOf(httpStatus), "the answer does not say what became of this message");
        }
        @Nullable String code = CodeBook.showable(Json.text(status, "id"));
        Optional<CodeTable.Row> row = codes.submit(status);
        if (row.isEmpty()) {
            return new SubmitOutcome.Unknown(code, "a status that this version does not know");
        }
        String meaning = row.get().meaning();
        if (row.get().isAccepted()) {
            return new SubmitOutcome.Accepted(List.of(id), parts(item), null);
        }
        @Nullable FailureReason reason = row.get().reason();
        if (reason == null) {
            return new SubmitOutcome.Unknown(code, meaning);
        }
        return new SubmitOutcome.Refused(
                reason, code, meaning, reason == FailureReason.RECIPIENT_BUSY ? FLOODING_PAUSE : null);
    }

    /** Where version 3 of the API says it, else where version 2 does; 0 where neither does. */
    private static int parts(JsonNode item) {
        return item.path("details")
                .path("messageCount")
                .asInt(item.path("smsCount").asInt(0));
    }
}
