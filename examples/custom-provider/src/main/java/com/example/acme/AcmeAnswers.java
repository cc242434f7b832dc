package com.example.acme;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Acme's answer to a hand-over means for each message of it. */
final class AcmeAnswers {
    private final CodeBook codes;

    AcmeAnswers(CodeBook codes) {
        this.codes = codes;
    }

    List<SubmitOutcome> ofSubmit(List<Submission> batch, ExchangeResult result) {
        if (!(result instanceof ExchangeResult.Answered answer) || !answer.isSuccess()) {
            // No answer, or one by HTTP status alone: the same for all, and what sms-http says errs towards doubt.
            return Collections.nCopies(batch.size(), Outcomes.ofSubmit(result));
        }
        // By our reference and not by position: nothing says that the order is kept.
        Map<String, JsonNode> results = new HashMap<>();
        for (JsonNode element : Json.read(answer.body()).path("results")) {
            Optional.ofNullable(Json.text(element, "ref")).ifPresent(ref -> results.put(ref, element));
        }
        return batch.stream()
                .map(submission -> outcome(results.get(submission.reference().toString())))
                .toList();
    }

    private SubmitOutcome outcome(JsonNode result) {
        if (result == null) {
            return new SubmitOutcome.Unknown(null, "the answer does not mention the message");
        }
        String error = Json.text(result, "error");
        if (error != null) {
            return codes.submit(error).map(AcmeAnswers::refusal).orElseGet(() -> unknown(error));
        }
        String id = Json.text(result, "id");
        return id == null
                ? new SubmitOutcome.Unknown(null, "neither an id nor an error")
                : SubmitOutcome.Accepted.as(id);
    }

    private static SubmitOutcome refusal(CodeTable.Row row) {
        return row.reason() == null
                ? new SubmitOutcome.Unknown(row.code(), row.meaning())
                : SubmitOutcome.Refused.because(row.reason(), row.code(), row.meaning());
    }

    /** A code that is not in the table proves nothing. It may be anything, even the text, so it is shown with care. */
    private static SubmitOutcome unknown(String error) {
        return new SubmitOutcome.Unknown(CodeBook.showable(error), "a code that this version does not know");
    }
}
