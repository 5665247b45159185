// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

	private final RuleOrigins origins;

	FaultCollector(RuleOrigins origins) {
		this.origins = origins;
	}

	/**
	 * Files know numbers, which Boot would cut to whole ones and count constants by.
	 */
	@Override
	public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Object result) {
		ConfigurationProperty property = context.getConfigurationProperty();
		if (property != null && property.getValue() instanceof Number written) {
			double number = written.doubleValue();
			boolean cut = (result instanceof Integer || result instanceof Long) && number != Math.rint(number);
			if (cut || Double.isInfinite(number) || result instanceof Enum) {
				throw new IllegalArgumentException(expected(property, target));
			}
		}
		return result;
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) {
		if (root(error) instanceof UnboundConfigurationPropertiesException unbound) {
			unbound.getUnboundProperties().forEach(this::addUnknown);
			return null;
		}
		ConfigurationProperty current = context.getConfigurationProperty();
		ConfigurationProperty property = (current != null) ? current : this.origins.find(name);
		String problem = problem(property, target, error);
		ConfigurationPropertyName faulty = (property != null) ? property.getName() : name;
		this.faults.putIfAbsent(faulty, new RuleFault(faulty.toString(), problem, RuleOrigins.describe(property)));
		return null;
	}

	private void addUnknown(ConfigurationProperty property) {
		this.faults.putIfAbsent(property.getName(), new RuleFault(property.getName().toString(),
				"unknown key (value " + property.getValue() + ")", RuleOrigins.describe(property)));
	}

	void add(BindException failure) {
		if (root(failure) instanceof UnboundConfigurationPropertiesException unbound) {
			unbound.getUnboundProperties().forEach(this::addUnknown);
			return;
		}
		throw failure;
	}

	private static Throwable root(Throwable error) {
		Throwable root = error;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

	private static String problem(@Nullable ConfigurationProperty property, Bindable<?> target, Exception error) {
		Throwable root = root(error);
		String message = root.getMessage();
		if (message != null && message.contains("(expected: ")) {
			return message;
		}
		if (property == null) {
			return (message != null) ? message : root.toString();
		}
		return expected(property, target);
	}

	private static String expected(ConfigurationProperty property, Bindable<?> target) {
		return property.getValue() + " (expected: " + RuleConversions.expected(target.getType().resolve(Object.class))
				+ ")";
	}

	List<RuleFault> faults() {
		return new ArrayList<>(this.faults.values());
	}

}
