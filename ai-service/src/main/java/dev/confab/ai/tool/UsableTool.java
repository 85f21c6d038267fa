package dev.confab.ai.tool;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import java.lang.reflect.Method;
import java.util.Arrays;

/** A tool as models see it, with what does its work. */
record UsableTool(ToolSpecification specification, ToolExecutor executor) {
  /** The one method of an object that is marked as a tool. */
  static UsableTool of(Object owner) {
    Method method =
        Arrays.stream(owner.getClass().getDeclaredMethods())
            .filter(each -> each.isAnnotationPresent(Tool.class))
            .findFirst()
            .orElseThrow();
    DefaultToolExecutor executor =
        DefaultToolExecutor.builder()
            .object(owner)
            .originalMethod(method)
            .methodToInvoke(method)
            .wrapToolArgumentsExceptions(true)
            .propagateToolExecutionExceptions(true)
            .build();
    return new UsableTool(ToolSpecifications.toolSpecificationFrom(method), executor);
  }

  String name() {
    return specification.name();
  }
}
