/** The provider {@code vonage}. */
module io.github.smsdispatch.vonage {
    requires io.github.smsdispatch.core;
    requires io.github.smsdispatch.http;
    // server-sdk-9.3.1.jar carries no Automatic-Module-Name: the name comes from the file name Maven Central gives it.
    requires server.sdk;
    requires static transitive org.jspecify;

    provides io.github.smsdispatch.spi.SmsProviderFactory with
            io.github.smsdispatch.vonage.VonageProviderFactory;
}
