// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import java.lang.annotation.Annotation;
import java.util.Map;

import io.governance.rejection.InvalidValue;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.MatrixVariable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;

/**
 * Where in a request the argument of a handler comes from.
 *
 * @param location the part of the request
 * @param base the name there, before the path of a value in it
 */
record Place(String location, String base) {

	/** Several parts. */
	static final Place REQUEST = new Place("request", "");

	private static final String BODY = "body";

	private static final String QUERY = "query";

	/** Where values with names of their own are. */
	private static final Map<Class<? extends Annotation>, String> NAMED = Map.of(RequestParam.class, QUERY,
			PathVariable.class, "path", MatrixVariable.class, "path", RequestHeader.class, "header", CookieValue.class,
			"cookie", RequestPart.class, BODY);

	/**
	 * The place of a parameter of a handler.
	 * @param form whether the request's body is a form
	 */
	static Place of(MethodParameter parameter, boolean form) {
		MergedAnnotations annotations = MergedAnnotations.from(parameter.getParameterAnnotations());
		for (Map.Entry<Class<? extends Annotation>, String> named : NAMED.entrySet()) {
			if (annotations.isPresent(named.getKey())) {
				return named(named.getValue(), annotations.get(named.getKey()), parameter);
			}
		}
		if (!annotations.isPresent(RequestBody.class) && BeanUtils.isSimpleProperty(parameter.getParameterType())) {
			return new Place(QUERY, name(parameter));
		}
		return ofErrors(parameter, form);
	}

	/**
	 * The place of an object whose values are named by their paths in it.
	 */
	static Place ofErrors(@Nullable MethodParameter parameter, boolean form) {
		if (parameter != null) {
			MergedAnnotations annotations = MergedAnnotations.from(parameter.getParameterAnnotations());
			if (annotations.isPresent(RequestPart.class)) {
				return named(BODY, annotations.get(RequestPart.class), parameter);
			}
			if (annotations.isPresent(RequestBody.class)) {
				return new Place(BODY, "");
			}
		}
		return new Place(form ? BODY : QUERY, "");
	}

	private static Place named(String location, MergedAnnotation<?> annotation, MethodParameter parameter) {
		String name = annotation.getString(MergedAnnotation.VALUE);
		return new Place(location, name.isEmpty() ? name(parameter) : name);
	}

	private static String name(MethodParameter parameter) {
		MethodParameter named = parameter.clone();
		named.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		String name = named.getParameterName();
		return (name != null) ? name : "";
	}

	/**
	 * The place of an element, if it is one of a container that is not valid.
	 */
	Place element(ParameterValidationResult result) {
		Object element = (result.getContainerIndex() != null) ? result.getContainerIndex() : result.getContainerKey();
		return (element != null) ? new Place(this.location, this.base + '[' + element + ']') : this;
	}

	/**
	 * A value that is not valid.
	 * @param path its path below this place; empty for the whole
	 */
	InvalidValue value(String path, String message) {
		boolean plain = this.base.isEmpty() || path.isEmpty() || path.startsWith("[");
		return new InvalidValue(this.location, this.base + (plain ? "" : ".") + path, message);
	}

}
