package dev.confab.ai.health;

import dev.confab.ai.kafka.BrokerWatch;
import dev.confab.ai.reply.StreamWriter;
import dev.confab.ai.request.RequestReader;
import dev.confab.ai.runner.Runner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What the probes look at; every look is a glance at memory. */
@ApplicationScoped
class Probes {
  private final BrokerWatch broker;
  private final RequestReader requests;
  private final StreamWriter writer;
  private final Runner runner;

  Probes(BrokerWatch broker, RequestReader requests, StreamWriter writer, Runner runner) {
    this.broker = broker;
    this.requests = requests;
    this.writer = writer;
    this.runner = runner;
  }

  @Produces
  @Liveness
  HealthCheck threads() {
    return () ->
        HealthCheckResponse.named("threads").status(requests.isAlive() && writer.isAlive()).build();
  }

  @Produces
  @Readiness
  HealthCheck kafka() {
    return () -> HealthCheckResponse.named("kafka").status(broker.isReachable()).build();
  }

  /** Replies are written without Redis too, so it is told and does not decide. */
  @Produces
  @Readiness
  HealthCheck redis() {
    return () ->
        HealthCheckResponse.named("redis").up().withData("answers", runner.redisAnswers()).build();
  }

  @Produces
  @Startup
  HealthCheck joined() {
    return () -> HealthCheckResponse.named("requests").status(requests.hasJoined()).build();
  }
}
