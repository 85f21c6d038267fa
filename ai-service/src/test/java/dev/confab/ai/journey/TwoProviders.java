package dev.confab.ai.journey;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * Both demo LLMs as providers {@code demo} and {@code demo2}, and before them {@code dead}, whose
 * two base URLs nobody listens on, for those who ask for its model.
 */
public final class TwoProviders implements QuarkusTestResourceLifecycleManager {
  private final ScriptedWorld world = new ScriptedWorld();

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(world.start());
    settings.keySet().removeIf(key -> key.startsWith("confab.ai.providers"));
    settings.put("confab.ai.providers.confab.base-url", "");
    settings.put("confab.ai.provider-order", "demo,demo2,dead");
    settings.put("confab.ai.providers.demo.base-url", DemoLlm.urls().get(0));
    settings.put("confab.ai.providers.demo.model", "confab-demo");
    settings.put("confab.ai.providers.demo2.base-url", DemoLlm.urls().get(1));
    settings.put("confab.ai.providers.demo2.model", "confab-demo");
    settings.put("confab.ai.providers.dead.base-url", "http://127.0.0.1:9,http://127.0.0.1:13");
    settings.put("confab.ai.providers.dead.model", "dead-model");
    settings.put("confab.ai.replies.first-token-timeout", "2s");
    settings.put("confab.ai.replies.stall-timeout", "2s");
    settings.put("confab.ai.upstream.cooldown", "1s");
    return settings;
  }

  @Override
  public void stop() {
    world.stop();
  }
}
