package io.github.smsdispatch.benchmarks;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import io.github.smsdispatch.spi.Submission;

/** Twilio's own client as its README shows it, sent to the simulator instead of to Twilio. */
final class TwilioSdk {
    private final TwilioRestClient client;

    TwilioSdk(String baseUrl) {
        this.client = new TwilioRestClient.Builder(Contenders.TWILIO.accountSid(), Contenders.TWILIO.authToken())
                .httpClient(new Redirected(baseUrl))
                .build();
    }

    void once(Submission submission) {
        Message message = Message.creator(
                        new PhoneNumber(submission.recipient().e164()),
                        new PhoneNumber("+12025550100"),
                        submission.text())
                .create(client);
        if (message.getSid() == null) {
            throw new IllegalStateException("the simulator gave no SID");
        }
    }

    /** The SDK has no setting for the address of its API. */
    private static final class Redirected extends NetworkHttpClient {
        private final String baseUrl;

        Redirected(String baseUrl) {
            this.baseUrl = baseUrl;
        }

        @Override
        public Response makeRequest(Request original) {
            var request =
                    new Request(original.getMethod(), original.getUrl().replace("https://api.twilio.com", baseUrl));
            request.setAuth(original.getUsername(), original.getPassword());
            original.getPostParams()
                    .forEach((name, values) -> values.forEach(value -> request.addPostParam(name, value)));
            return super.makeRequest(request);
        }
    }
}
