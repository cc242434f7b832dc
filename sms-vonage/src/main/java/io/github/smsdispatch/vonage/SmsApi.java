package io.github.smsdispatch.vonage;

import com.vonage.client.sms.messages.TextMessage;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.text.Encoding;
import java.util.Map;

/** The SMS API: {@code POST /sms/json}, a form (OpenAPI document 1.5.1, read 2026-11). */
final class SmsApi implements SendingApi {
    private final VonageSettings settings;
    private final Map<String, String> headers;
    private final SmsAnswers answers;

    SmsApi(VonageSettings settings, CodeBook codes) {
        this.settings = settings;
        this.headers = Headers.basic(settings);
        this.answers = new SmsAnswers(codes);
    }

    @Override
    public ExchangeRequest request(Submission submission) {
        var message = new TextMessage(
                SendingApi.from(submission, settings.from),
                submission.recipient().digits(),
                submission.text(),
                // Not found out by Vonage: other characters sent as GSM-7 arrive mangled.
                submission.segments().encoding() == Encoding.UCS_2);
        message.setClientReference(submission.reference().toString());
        // In milliseconds here, in seconds in the Messages API.
        message.setTimeToLive(SendingApi.timeToLive(submission).toMillis());
        if (settings.callbackUrl != null) {
            message.setCallbackUrl(settings.callbackUrl);
        }
        Form form = Form.empty();
        for (Map.Entry<String, String> parameter : message.makeParams().entrySet()) {
            form = form.with(parameter.getKey(), parameter.getValue());
        }
        return ExchangeRequest.post(settings.baseUrl + "/sms/json", headers, ExchangeRequest.FORM, form.encode());
    }

    @Override
    public SubmitOutcome outcome(ExchangeResult result) {
        return answers.ofSubmit(result);
    }
}
