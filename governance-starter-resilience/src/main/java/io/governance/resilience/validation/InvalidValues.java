// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.governance.rejection.InvalidValue;
import jakarta.validation.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/**
 * Finds in an error what is not valid about a request. What a handler returns, and what
 * it calls, is no fault of the request. Thread-safe.
 */
final class InvalidValues {

	private static final String WRONG_TYPE = "is not of the expected type";

	private static final String NOT_VALID = "is not valid";

	private final MessageSource messages;

	InvalidValues(MessageSource messages) {
		this.messages = messages;
	}

	/**
	 * Finds the values.
	 * @param error what was thrown
	 * @param handler what handles the request, as far as it is known
	 * @param locale the language of the messages
	 * @param form whether the request's body is a form
	 * @return the values; empty where the error is something else
	 */
	List<InvalidValue> of(Throwable error, @Nullable Object handler, Locale locale, boolean form) {
		if (error instanceof BindingResult binding) {
			return errors(Place.ofErrors(parameter(error), form), binding.getAllErrors(), locale);
		}
		if (!(handler instanceof HandlerMethod method)) {
			return List.of();
		}
		if (error instanceof MethodValidationResult result) {
			return isOfRequest(result, method) ? results(result, method, locale, form) : List.of();
		}
		if (error instanceof ConstraintViolationException violations) {
			return Constraints.of(violations.getConstraintViolations(), method, form);
		}
		return List.of();
	}

	private static @Nullable MethodParameter parameter(Throwable error) {
		if (error instanceof MethodArgumentNotValidException invalid) {
			return invalid.getParameter();
		}
		return (error instanceof WebExchangeBindException invalid) ? invalid.getMethodParameter() : null;
	}

	/**
	 * A handler may call other beans whose methods are validated.
	 */
	private static boolean isOfRequest(MethodValidationResult result, HandlerMethod handler) {
		return !result.isForReturnValue() && (result instanceof HandlerMethodValidationException
				|| Constraints.isSame(result.getMethod(), handler.getMethod()));
	}

	private List<InvalidValue> results(MethodValidationResult result, HandlerMethod handler, Locale locale,
			boolean form) {
		List<InvalidValue> values = new ArrayList<>();
		for (ParameterValidationResult invalid : result.getParameterValidationResults()) {
			int index = invalid.getMethodParameter().getParameterIndex();
			Place place = Place.of(handler.getMethodParameters()[index], form).element(invalid);
			values.addAll(errors(place, invalid.getResolvableErrors(), locale));
		}
		values.addAll(errors(Place.REQUEST, result.getCrossParameterValidationResults(), locale));
		return values;
	}

	private List<InvalidValue> errors(Place place, List<? extends MessageSourceResolvable> errors, Locale locale) {
		return errors.stream().map((error) -> {
			String path = (error instanceof FieldError field) ? field.getField() : "";
			return place.value(path, message(error, locale));
		}).toList();
	}

	/**
	 * The default message of a value that could not be converted quotes it. Defaults are
	 * whole already: the source would take them for patterns, and keep one for each
	 * language that a client names.
	 */
	private String message(MessageSourceResolvable error, Locale locale) {
		String[] codes = error.getCodes();
		for (String code : (codes != null) ? codes : new String[0]) {
			String text = this.messages.getMessage(code, error.getArguments(), null, locale);
			if (text != null) {
				return text;
			}
		}
		boolean unconverted = error instanceof FieldError field && field.isBindingFailure();
		return unconverted ? WRONG_TYPE : Objects.requireNonNullElse(error.getDefaultMessage(), NOT_VALID);
	}

}
