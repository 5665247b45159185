// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Notes every failure of a binding instead of stopping at the first.
 */
final class FaultCollector extends AbstractBindHandler {

	private final Map<ConfigurationPropertyName, RuleFault> faults = new LinkedHashMap<>();

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) {
		if (error instanceof UnboundConfigurationPropertiesException unbound) {
			unbound.getUnboundProperties().forEach(this::addUnknown);
			return null;
		}
		ConfigurationProperty property = property(name, context);
		String problem = problem(property, target, error);
		ConfigurationPropertyName faulty = (property != null) ? property.getName() : name;
		this.faults.putIfAbsent(faulty, new RuleFault(faulty.toString(), problem, RuleOrigins.describe(property)));
		return null;
	}

	/**
	 * Where there is a value in place of nested keys, the binder has forgotten it.
	 */
	private static @Nullable ConfigurationProperty property(ConfigurationPropertyName name, BindContext context) {
		ConfigurationProperty known = context.getConfigurationProperty();
		return (known != null) ? known
				: StreamSupport.stream(context.getSources().spliterator(), false)
					.map((source) -> source.getConfigurationProperty(name))
					.filter(Objects::nonNull)
					.findFirst()
					.orElse(null);
	}

	private void addUnknown(ConfigurationProperty property) {
		this.faults.putIfAbsent(property.getName(), new RuleFault(property.getName().toString(),
				"unknown key (value " + property.getValue() + ")", RuleOrigins.describe(property)));
	}

	void add(BindException failure) {
		if (failure.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
			unbound.getUnboundProperties().forEach(this::addUnknown);
			return;
		}
		throw failure;
	}

	private static String problem(@Nullable ConfigurationProperty property, Bindable<?> target, Exception error) {
		Throwable root = error;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String message = root.getMessage();
		if (message != null && message.contains("(expected: ")) {
			return message;
		}
		if (property == null) {
			return (message != null) ? message : root.toString();
		}
		return property.getValue() + " (expected: " + RuleConversions.expected(target.getType().resolve(Object.class))
				+ ")";
	}

	List<RuleFault> faults() {
		return new ArrayList<>(this.faults.values());
	}

}
