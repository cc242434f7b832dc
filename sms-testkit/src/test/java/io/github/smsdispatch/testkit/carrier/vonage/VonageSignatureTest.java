package io.github.smsdispatch.testkit.carrier.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.testkit.carrier.VonageCredentials.SignatureMethod;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Signatures of Vonage")
class VonageSignatureTest {
    @ParameterizedTest
    @DisplayName("equal what Vonage's SDK computes, by every method")
    @CsvSource({
        "MD5_HASH, a32c6c6be596e6ec3d7bdd0805ca5214",
        "HMAC_MD5, 25221e0088307cd0cea8929c93975f5e",
        "HMAC_SHA1, 72485a7f7f834d0c8bfc86ab0356ee1a6586a6c5",
        "HMAC_SHA256, f3e2be256234f09bf843a63f730e2f940d695b738628e22b7c259080f141460f"
    })
    void vonageVectors(SignatureMethod method, String expected) {
        Map<String, String> parameters = Map.of(
                "api_key", "abcd1234",
                "from", "AcmeInc",
                "text", "a & b = c",
                "timestamp", "1600000000",
                "to", "447700900000",
                "sig", "is not part of what is signed");

        assertThat(VonageSignature.of(parameters, "sigsecret", method)).isEqualTo(expected);
    }
}
