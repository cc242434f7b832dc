package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.testkit.provider.TestSubmissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hand-overs are written without Twilio's SDK, and come out as it writes them. */
class TwilioHandOverFormTest {
    private static final String TO = "+447700900123";
    private static final String SERVICE = "MG" + "0123456789abcdef".repeat(2);
    private static final String TEXT = "Grüße, 100 % & mehr: a+b=c ~*-._ 😀\nnext line";

    @Test
    void fromTheDefaultSender() {
        assertSame(
                Map.of(),
                TestSubmissions.of(TEXT),
                Message.creator(new PhoneNumber(TO), new PhoneNumber(Accounts.FROM), TEXT));
    }

    @Test
    void fromASenderOfItsOwn() {
        assertSame(
                Map.of("messaging-service-sid", SERVICE),
                TestSubmissions.of(TEXT, Sender.of("AcmeInc")),
                Message.creator(new PhoneNumber(TO), new PhoneNumber("AcmeInc"), TEXT));
    }

    @Test
    void throughAMessagingService() {
        assertSame(
                Map.of("messaging-service-sid", SERVICE),
                TestSubmissions.of(TEXT),
                Message.creator(new PhoneNumber(TO), SERVICE, TEXT).setFrom(Accounts.FROM));
    }

    @Test
    void withACallback() {
        Submission submission = TestSubmissions.of(TEXT);
        assertSame(
                Map.of("callback-url", "https://example.com/cb?tenant=7#rc=2"),
                submission,
                Message.creator(new PhoneNumber(TO), new PhoneNumber(Accounts.FROM), TEXT)
                        .setStatusCallback("https://example.com/cb?tenant=7&ref=" + submission.reference() + "#rc=2"));
    }

    private static void assertSame(Map<String, String> settings, Submission submission, MessageCreator creator) {
        Request sdk = written(creator.setValidityPeriod(3_600));

        ExchangeRequest ours = requests(settings).create(submission);

        assertThat(ours.method()).isEqualTo(sdk.getMethod().toString());
        assertThat(ours.url()).isEqualTo(sdk.constructURL().toString());
        assertThat(Form.decode(String.valueOf(ours.body())).fields())
                .containsExactlyInAnyOrderElementsOf(
                        Form.decode(sdk.encodeFormBody()).fields());
    }

    private static TwilioRequests requests(Map<String, String> given) {
        var values = new HashMap<>(
                Map.of("account-sid", Accounts.ACCOUNT_SID, "auth-token", Accounts.AUTH_TOKEN, "from", Accounts.FROM));
        values.putAll(given);
        return new TwilioRequests(new TwilioSettings(Accounts.settings(values)));
    }

    private static Request written(MessageCreator creator) {
        var writer = new TwilioRestClient(new TwilioRestClient.Builder(Accounts.ACCOUNT_SID, Accounts.AUTH_TOKEN)) {
            @Override
            public Response request(Request request) {
                throw new Written(request);
            }
        };
        return catchThrowableOfType(Written.class, () -> creator.create(writer)).request;
    }

    private static final class Written extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Request request;

        Written(Request request) {
            this.request = request;
        }
    }
}
