/* The built-in types together: those of immediates by their tag, and the methods of types whose
 * methods fill files of their own. */
#include "config.h"

#include "value/builtin_types.h"

#include "value/obj.h"
#include "value/seq.h"
#include "value/set.h"
#include "value/strobj.h"

void builtin_types_install(void) {
    static const struct {
        ValueTag tag;
        Type *type;
    } immediates[] = {
        {VT_NONE, &type_none},   {VT_BOOL, &type_bool},         {VT_INT, &type_int},
        {VT_FLOAT, &type_float}, {VT_ELLIPSIS, &type_ellipsis}, {VT_NOTIMPL, &type_notimpl},
    };
    for (size_t i = 0; i < ARRAY_LEN(immediates); i++)
        value_tag_types[immediates[i].tag] = immediates[i].type;
    type_list.methods = list_methods;
    type_str.methods = str_methods;
    type_set.methods = set_methods;
    type_frozenset.methods = frozenset_methods;
}
