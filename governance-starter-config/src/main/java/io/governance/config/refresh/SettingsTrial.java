// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Binds settings from a candidate environment exactly as Spring Boot binds them at a
 * start, with the application's own converters and validator, in a small context of its
 * own: with a parent, its events would be heard by the application.
 */
final class SettingsTrial implements AutoCloseable {

	private final ConfigurableEnvironment candidate;

	private final ApplicationConversionService conversions = new ApplicationConversionService();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final ConfigurationPropertiesBindingPostProcessor binder;

	SettingsTrial(ConfigurableApplicationContext application, ConfigurableEnvironment candidate) {
		this.candidate = candidate;
		ConfigurableListableBeanFactory beans = application.getBeanFactory();
		ApplicationConversionService.addBeans(this.conversions, beans, ConfigurationPropertiesBinding.VALUE);
		this.context.setEnvironment(candidate);
		this.context.getBeanFactory().setConversionService(this.conversions);
		String validator = EnableConfigurationProperties.VALIDATOR_BEAN_NAME;
		if (beans.containsBean(validator)) {
			this.context.getBeanFactory().registerSingleton(validator, beans.getBean(validator));
		}
		beans.getBeansOfType(ConfigurationPropertiesBindHandlerAdvisor.class)
			.forEach(this.context.getBeanFactory()::registerSingleton);
		ConfigurationPropertiesBindingPostProcessor.register(this.context);
		this.context.refresh();
		this.binder = this.context.getBean(ConfigurationPropertiesBindingPostProcessor.class);
	}

	@Nullable String bindBean(Object fresh, String name) {
		return attempt(name, () -> this.binder.postProcessBeforeInitialization(fresh, name));
	}

	@Nullable String bindRecord(String prefix, Class<?> type) {
		return attempt(prefix,
				() -> new Binder(ConfigurationPropertySources.get(this.candidate),
						new PropertySourcesPlaceholdersResolver(this.candidate), this.conversions)
					.bindOrCreate(prefix, Bindable.of(type)));
	}

	private static @Nullable String attempt(String name, Runnable binding) {
		try {
			binding.run();
			return null;
		}
		catch (RuntimeException ex) {
			return describe(name, ex);
		}
	}

	private static String describe(String name, RuntimeException ex) {
		String message = String.valueOf(ex.getMessage());
		ConfigurationProperty property = null;
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof BindException bind) {
				property = (bind.getProperty() != null) ? bind.getProperty() : property;
			}
			message = String.valueOf(cause.getMessage());
		}
		String problem = message.strip().replaceAll("\\s+", " ");
		return (property == null) ? name + ": " + problem
				: property.getName() + ": " + property.getValue() + " (" + problem + ") [" + property.getOrigin() + "]";
	}

	@Override
	public void close() {
		this.context.close();
	}

}
