package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands a batch over in one request, without what is known to be wrong. Thread-safe. */
final class InfobipSubmissions {
    private final ProviderHttp http;
    private final InfobipRequests requests;
    private final InfobipMessages messages;
    private final InfobipAnswers answers;

    InfobipSubmissions(ProviderHttp http, InfobipRequests requests, InfobipMessages messages, InfobipAnswers answers) {
        this.http = http;
        this.requests = requests;
        this.messages = messages;
        this.answers = answers;
    }

    List<SubmitOutcome> submit(List<Submission> batch) {
        var outcomes = new ArrayList<@Nullable SubmitOutcome>(batch.size());
        var going = new ArrayList<Submission>();
        for (Submission submission : batch) {
            @Nullable String problem = InfobipMessages.problemWith(submission);
            outcomes.add(
                    problem == null
                            ? null
                            : SubmitOutcome.Refused.because(FailureReason.CONTENT, null, "not sent: " + problem));
            if (problem == null) {
                going.add(submission);
            }
        }
        List<SubmitOutcome> answered = going.isEmpty() ? List.of() : exchange(going);
        var all = new ArrayList<SubmitOutcome>(batch.size());
        int next = 0;
        for (@Nullable SubmitOutcome outcome : outcomes) {
            all.add(outcome == null ? answered.get(next++) : outcome);
        }
        return all;
    }

    private List<SubmitOutcome> exchange(List<Submission> going) {
        List<ObjectNode> bodies = going.stream().map(messages::write).toList();
        ExchangeRequest request = requests.submit(bodies);
        ExchangeResult result;
        try {
            result = http.exchange(request);
        } catch (IllegalArgumentException e) {
            // Thrown for a URL or a header alone, which come from the settings.
            SubmitOutcome refused = SubmitOutcome.Refused.because(
                    FailureReason.ACCOUNT, null, "not sent: base-url or api-key cannot be used");
            return going.stream().map(submission -> refused).toList();
        }
        return answers.ofSubmit(going.stream().map(Submission::reference).toList(), result);
    }
}
