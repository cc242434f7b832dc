/** The provider {@code africastalking}. */
module io.github.smsdispatch.africastalking {
    requires io.github.smsdispatch.core;
    requires io.github.smsdispatch.http;
    requires static transitive org.jspecify;

    provides io.github.smsdispatch.spi.SmsProviderFactory with
            io.github.smsdispatch.africastalking.AfricasTalkingProviderFactory;
}
